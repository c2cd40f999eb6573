import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Someone who can sign in at the provider, by the name that the setup gives them. */
export interface ProviderAccount {
  readonly claims: { readonly email?: string; readonly email_verified?: boolean | string; readonly name?: string };
  /** What is wrong with the ID tokens about them: claims with other values, or without one where it is null. */
  readonly fault?: { readonly claims?: object; readonly signature?: 'none' | 'strange key' };
}

interface ProviderSetup {
  readonly accounts: Readonly<Record<string, ProviderAccount>>;
  /** Whether the e-mail address is in the ID token; else at the userinfo endpoint only. */
  readonly claimsInToken?: boolean;
  readonly authMethod?: 'client_secret_basic' | 'client_secret_post';
}

/** An OpenID Connect provider in a process of its own. */
export interface RunningProvider {
  readonly issuer: string;
  /** The variables that make a server use it. */
  readonly env: Record<string, string>;
  stop(): Promise<void>;
}

/** With characters that a header takes only when they are encoded. */
const CLIENT = { client_id: 'wardline', client_secret: 'test+client secret/only:1' };

/** Starts the provider; `redirect` is where its client lets browsers be sent. */
export async function startProvider(
  { accounts, claimsInToken = true, authMethod = 'client_secret_basic' }: ProviderSetup,
  redirect = 'http://127.0.0.1:8080/api/auth/sso/callback',
): Promise<RunningProvider> {
  const client = { ...CLIENT, redirect_uris: [redirect], token_endpoint_auth_method: authMethod };
  const path = fileURLToPath(new URL('./provider-process.mjs', import.meta.url));
  const child = spawn(process.execPath, [path], {
    env: { ...process.env, SETUP: JSON.stringify({ client, accounts, claimsInToken }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const issuer = await firstLine(child);
  return {
    issuer,
    env: {
      WARDLINE_SSO_ISSUER: issuer,
      WARDLINE_SSO_CLIENT_ID: CLIENT.client_id,
      WARDLINE_SSO_CLIENT_SECRET: CLIENT.client_secret,
      WARDLINE_SSO_NAME: 'Test Provider',
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

/** @throws with what the process said when it ended without a line. */
async function firstLine({ stdout, stderr }: ChildProcess): Promise<string> {
  let said = '';
  stderr?.on('data', (part: Buffer) => {
    said += part.toString();
  });
  if (!stdout) throw new Error('The provider has no output.');
  for await (const line of createInterface(stdout)) return line;
  throw new Error(`The provider did not start: ${said}`);
}
