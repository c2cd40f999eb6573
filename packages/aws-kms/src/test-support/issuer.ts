import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TaskCredential } from '@wardline/contracts';

/** A real OIDC issuer on loopback: discovery document, key set, RS256 tokens. */
export interface Issuer {
  readonly url: string;
  readonly credential: (
    roleArn: string,
    claims?: { audience?: string; subject?: string; ageSeconds?: number },
  ) => Extract<TaskCredential, { type: 'OidcAuthentication' }>;
  readonly close: () => Promise<void>;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Starts an issuer with a key of its own. */
export async function openIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        request.url === '/keys'
          ? { keys: [jwk] }
          : { issuer: url, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sign = (payload: object): string => {
    const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'one' })}.${encode(payload)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  };
  return {
    url,
    credential: (roleArn, { audience = 'sts.amazonaws.com', subject = 'default', ageSeconds = 0 } = {}) => {
      const iat = Math.floor(Date.now() / 1000) - ageSeconds;
      return {
        type: 'OidcAuthentication',
        roleArn,
        webIdentityToken: sign({ iss: url, aud: audience, sub: subject, iat, nbf: iat, exp: iat + 600 }),
        claims: { issuer: url, audience, subject },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
