import { DescribeKeyCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { simulatorSeedSchema } from '@wardline/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { keyArn, kmsClient, userKeys } from '../test-support/clients.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ oidcIssuer: 'http://127.0.0.1:1/oidc' });
});
afterEach(() => simulator.close());

async function command(body: object | string): Promise<{ status: number; result?: unknown; error?: string }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(simulator.controlUrl, { method: 'POST', body: text });
  return { status: response.status, ...((await response.json()) as object) };
}
const generate = (KeyId: string, user = 'wardline') =>
  kmsClient(simulator, userKeys(simulator, user)).send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
const allowAll = { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };

describe('the seed', () => {
  it('has every key, user and role that the demonstration needs, in the shape of the contract', () => {
    const seed = simulatorSeedSchema.parse(simulator.seed);
    expect(seed.keys.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'working: Enabled',
      'disabled: Disabled',
      'pending-deletion: PendingDeletion',
      'signing: Enabled',
      'denied: Enabled',
      'multi-region: Enabled',
    ]);
    expect(seed.users.map(({ name }) => name)).toEqual(['wardline', 'no-generate']);
    expect(seed.roles.map(({ name }) => name)).toEqual(['wardline-host', 'wardline-kms', 'wardline-oidc']);
    expect(seed.oidcProviders).toEqual([{ url: 'http://127.0.0.1:1/oidc', audiences: ['sts.amazonaws.com'] }]);
  });

  it('and the faults are read with GET', async () => {
    simulator.faults.add({ service: 'kms', kind: 'throttle', count: 3 });
    const answer = (await (await fetch(simulator.controlUrl)).json()) as { seed: object; faults: unknown };
    expect(simulator.seed).toEqual({ ...answer.seed, controlUrl: simulator.controlUrl });
    expect(answer.faults).toEqual([{ service: 'kms', kind: 'throttle', count: 3 }]);
  });

  it('and so is how often each operation was asked for, also where a fault struck', async () => {
    await generate('alias/working');
    simulator.faults.add({ service: 'kms', kind: 'throttle', count: 1 });
    await expect(generate('alias/working')).rejects.toMatchObject({ name: 'ThrottlingException' });
    const answer = (await (await fetch(simulator.controlUrl)).json()) as { requests: unknown };
    expect(answer.requests).toEqual({ 'kms:GenerateDataKey': 2 });
    expect(simulator.requests.of('kms')).toBe(2);
    expect(simulator.requests.of('kms', 'Decrypt')).toBe(0);
  });
});

describe('repairing what a finding names', () => {
  it('a disabled key: enable it', async () => {
    await expect(generate('alias/disabled')).rejects.toMatchObject({ name: 'DisabledException' });
    expect(await command({ command: 'enable-key', key: 'disabled' })).toEqual({ status: 200, result: null });
    await generate('alias/disabled');
  });

  it('a key pending deletion: cancel the deletion, and then enable it', async () => {
    const key = 'alias/pending-deletion';
    expect((await command({ command: 'enable-key', key })).error).toContain('cancel the deletion first');
    await command({ command: 'cancel-key-deletion', key });
    await expect(generate(key)).rejects.toMatchObject({ name: 'DisabledException' });
    await command({ command: 'enable-key', key });
    await generate(key);
  });

  it('a key policy that denies: put another', async () => {
    await expect(generate('alias/denied')).rejects.toThrow('explicit deny in a resource-based policy');
    const root = { AWS: `arn:aws:iam::${simulator.accountId}:root` };
    const policy = { Statement: { ...allowAll.Statement, Principal: root } };
    await command({ command: 'put-key-policy', key: keyArn(simulator, 'denied'), policy });
    await generate('alias/denied');
  });

  it('a user without kms:GenerateDataKey: put a policy, as JSON text too', async () => {
    await expect(generate('alias/working', 'no-generate')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await command({ command: 'put-user-policy', user: 'no-generate', policy: JSON.stringify(allowAll) });
    await generate('alias/working', 'no-generate');
  });
});

describe('commands', () => {
  it('make keys, aliases and users of other accounts', async () => {
    const accountId = '444455556666';
    const made = (await command({ command: 'create-key', name: 'theirs', accountId })).result as { arn: string };
    expect(made.arn).toContain(`:${accountId}:key/`);
    await command({ command: 'create-alias', key: made.arn, alias: 'alias/second' });
    const user = { command: 'create-user', name: 'bob', accountId, policy: allowAll };
    const keys = (await command(user)).result as { accessKeyId: string; secretAccessKey: string };
    const { KeyMetadata } = await kmsClient(simulator, keys).send(new DescribeKeyCommand({ KeyId: 'alias/second' }));
    expect(KeyMetadata?.Arn).toBe(made.arn);
    expect(simulator.seed.keys).toHaveLength(6);
  });

  it('set and clear faults', async () => {
    await command({ command: 'add-fault', fault: { service: 'kms', kind: 'throttle' } });
    await expect(generate('alias/working')).rejects.toMatchObject({ name: 'ThrottlingException' });
    await command({ command: 'clear-faults' });
    await generate('alias/working');
  });

  it.each<[string, object | string, string]>([
    ['text that is no JSON', '{', 'not JSON'],
    ['an unknown command', { command: 'drop-everything' }, 'command'],
    ['a stray field', { command: 'enable-key', key: 'working', force: true }, 'force'],
    ['an unknown key', { command: 'enable-key', key: 'nowhere' }, 'There is no key nowhere'],
    ['an unknown user', { command: 'put-user-policy', user: 'nobody', policy: allowAll }, 'nobody'],
    ['a taken name', { command: 'create-key', name: 'working' }, 'working is taken'],
    [
      'a policy it does not understand',
      {
        command: 'put-user-policy',
        user: 'wardline',
        policy: { Statement: { ...allowAll.Statement, Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } } },
      },
      'DateLessThan is not supported',
    ],
  ])('refuse %s, and say why', async (_what, body, text) => {
    const { status, error } = await command(body);
    expect(status).toBe(400);
    expect(error).toContain(text);
  });

  it('are out of reach for who does not know the path', async () => {
    const { origin } = new URL(simulator.controlUrl);
    expect((await fetch(`${origin}/`, { method: 'POST', body: '{"command":"clear-faults"}' })).status).toBe(404);
  });
});

it('everything listens on 127.0.0.1 only', () => {
  const { endpoints, containerCredentials, controlUrl } = simulator;
  const urls = [...Object.values(endpoints), containerCredentials.uri, controlUrl];
  expect(urls.map((url) => new URL(url).hostname)).toEqual(urls.map(() => '127.0.0.1'));
});
