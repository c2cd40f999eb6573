import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecryptCommand, DescribeKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../start-simulator.ts';
import { hostKeys, keyArn, kmsClient, roleArn } from '../test-support/clients.ts';

let folder: string;
let statePath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aws-simulator-'));
  statePath = join(folder, 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a state file', () => {
  it('keeps keys, access keys, sessions and changes over a restart', async () => {
    const first = await startSimulator({ statePath });
    const seed = first.seed;
    const host = await hostKeys(first);
    const Plaintext = Buffer.from('kept');
    const { CiphertextBlob } = await kmsClient(first).send(new EncryptCommand({ KeyId: 'alias/working', Plaintext }));
    first.admin.enableKey('disabled');
    await first.close();

    const second = await startSimulator({ statePath });
    expect(second.seed.users).toEqual(seed.users);
    expect(second.seed.keys.find(({ name }) => name === 'disabled')?.state).toBe('Enabled');
    const opened = await kmsClient(second).send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
    await kmsClient(second, host).send(new DescribeKeyCommand({ KeyId: keyArn(second, 'working') }));
    await second.close();
  });

  it('is readable by its owner only, and leaves no drafts behind', async () => {
    const simulator = await startSimulator({ statePath });
    simulator.admin.disableKey('working');
    await simulator.close();
    expect(statSync(statePath).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('is not written by cryptographic calls', async () => {
    const simulator = await startSimulator({ statePath });
    const before = statSync(statePath).ino;
    await kmsClient(simulator).send(new EncryptCommand({ KeyId: 'alias/working', Plaintext: Buffer.from('x') }));
    expect(statSync(statePath).ino).toBe(before);
    await simulator.close();
  });

  it('follows an issuer that changed, and keeps what an administrator made of one that did not', async () => {
    const start = (oidcIssuer: string) => startSimulator({ statePath, oidcIssuer });
    const first = await start('http://127.0.0.1:1000/a');
    const arn = roleArn(first, 'wardline-oidc');
    first.admin.putTrustPolicy('wardline-oidc', {
      Statement: { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' },
    });
    await first.close();
    const same = await start('http://127.0.0.1:1000/a');
    await same.close();
    const { roles } = JSON.parse(readFileSync(statePath, 'utf8')) as { roles: { arn: string; trustPolicy: unknown }[] };
    expect(roles.find((role) => role.arn === arn)?.trustPolicy).toMatchObject({ Statement: { Effect: 'Deny' } });
    const moved = await start('http://127.0.0.1:2000/b');
    expect(moved.seed.oidcProviders).toEqual([{ url: 'http://127.0.0.1:2000/b', audiences: ['sts.amazonaws.com'] }]);
    expect(roleArn(moved, 'wardline-oidc')).toBe(arn);
    expect(moved.seed.roles.find((role) => role.arn === arn)?.trust).toContain('127.0.0.1:2000/b');
    await moved.close();
  });

  it('that is damaged or of another region is named, not overwritten', async () => {
    writeFileSync(statePath, '{"version":1}');
    await expect(startSimulator({ statePath })).rejects.toThrow(statePath);
    expect(readFileSync(statePath, 'utf8')).toBe('{"version":1}');
    rmSync(statePath);
    await (await startSimulator({ statePath, region: 'local-1' })).close();
    await expect(startSimulator({ statePath, region: 'local-2' })).rejects.toThrow('belongs to region local-1');
  });
});
