import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRegions } from './regions.ts';
import { tlsStandIn } from './test-support/stand-in.ts';

/** In production this package runs bundled, with node_modules outside: the same is done here, in a real process. */
let folder: string;
beforeAll(async () => {
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
  folder = await mkdtemp(join(modules, '.bundle-test-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: [/^@wardline\//], external: true },
    build: {
      ssr: fileURLToPath(new URL('./index.ts', import.meta.url)),
      target: 'node20',
      outDir: folder,
      rollupOptions: { output: { entryFileNames: 'bundle.mjs' } },
    },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runProgram(source: string, env: NodeJS.ProcessEnv = {}): Promise<{ stdout: string; stderr: string }> {
  const file = join(folder, 'program.mjs');
  await writeFile(file, `import * as kms from './bundle.mjs';\n${source}`);
  return new Promise((resolve, reject) =>
    execFile(process.execPath, [file], { env, timeout: 15_000 }, (error, stdout, stderr) =>
      error ? reject(error) : resolve({ stdout: stdout.trim(), stderr }),
    ),
  );
}

it('the table of regions is found from the bundle', async () => {
  const { stdout } = await runProgram('console.log(kms.listRegions().length);');
  expect(Number(stdout)).toBe(listRegions().length);
});

const TEST_TASK = `
const task = { kind: 'test-connection', id: 'x', deadlineMs: 9000, encryptionContext: {}, connection: {
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/k', region: 'us-east-1',
  credential: { type: 'ManualConfig', accessKeyId: 'AKIAMADEUPMADEUP', secretAccessKey: 'made-up-secret' } } };
const runner = { kind: 'platform', name: 'p', hostName: 'h' };
const ambient = { runner, endpoints: () => ({ kms: process.env.URL, sts: process.env.URL }), env: {}, now: () => new Date() };
for await (const event of kms.runTask(task, ambient, new AbortController().signal))
  if (event.type === 'finished') console.log(event.finding?.code);`;

it('a trusted certificate for another name is told apart from an untrusted one', async () => {
  const server = await tlsStandIn('kms.elsewhere.example');
  const certificate = join(folder, 'ca.pem');
  await writeFile(certificate, server.certificate);
  const url = server.url.replace('127.0.0.1', 'localhost');
  // Node reads this variable once, when it starts.
  const trusted = await runProgram(TEST_TASK, { URL: url, NODE_EXTRA_CA_CERTS: certificate });
  const untrusted = await runProgram(TEST_TASK, { URL: url });
  await server.close();
  expect([trusted.stdout, untrusted.stdout]).toEqual(['tls-name-mismatch', 'tls-untrusted']);
});

const HOST_TASK = TEST_TASK.replace(/credential: \{.*?\} \}/s, "credential: { type: 'AssumeIAMRole' } }")
  .replace(/endpoints: .*?, env: \{\}/, 'endpoints: () => undefined, env: process.env')
  .replace('finding?.code', 'finding?.code, event.finding?.explanation');

it('the endpoints of the SDK’s own variables are used and named, by hidden clients too', async () => {
  const token = join(folder, 'token');
  await writeFile(token, 'made-up-token');
  const env = { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/pod' };
  for (const [name, port] of [
    ['AWS_ENDPOINT_URL', 1],
    ['AWS_ENDPOINT_URL_STS', 2],
  ] as const) {
    const { stdout } = await runProgram(HOST_TASK, { ...env, [name]: `http://127.0.0.1:${port}` });
    expect(stdout).toMatch(/^connection-refused/);
    expect(stdout).toContain(`http://127.0.0.1:${port}`);
  }
});

it('the process ends by itself after a task, and the SDK prints no notice about its Node version', async () => {
  const { stdout, stderr } = await runProgram(TEST_TASK, { URL: 'http://127.0.0.1:1' });
  expect(stdout).toBe('connection-refused');
  expect(stderr).toBe('');
});
