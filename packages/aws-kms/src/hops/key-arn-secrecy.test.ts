import type { TaskCredential, TaskEvent } from '@wardline/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect, type Run } from '../test-support/collect.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { allow } from '../test-support/policies.ts';
import { standIn } from '../test-support/stand-in.ts';

let lab: Lab;
let denied: TaskCredential;
beforeAll(async () => {
  lab = await openLab();
  const { accessKeyId, secretAccessKey } = lab.simulator.admin.createUser({
    name: 'no-kms',
    policy: allow(['s3:GetObject'], '*'),
  });
  denied = { type: 'ManualConfig', accessKeyId, secretAccessKey };
});
afterAll(() => lab.simulator.close());

/** Words that stand in events by themselves: hops, statuses, names of fields, actions. */
const WORDS = ['working', 'pass', 'kms', 'key', 'hop', 'status', 'type', 'finished', 'decrypt', 'AWS', 'e', 'KEY_ARN'];
const aliasNames = fc
  .oneof(fc.constantFrom(...WORDS), fc.stringMatching(/^[a-zA-Z0-9/_-]{1,40}$/))
  .filter((name) => name !== 'ALIAS_NAME');

/** The ARN of an alias of the seed's working key, which is made where it is missing. */
function aliasOf(name: string): string {
  const { arn, aliasArn } = lab.key('working');
  const prefix = arn.slice(0, arn.indexOf('key/'));
  if (`${prefix}alias/${name}` === aliasArn || made.has(name)) return `${prefix}alias/${name}`;
  lab.simulator.admin.createAlias(arn, `alias/${name}`);
  made.add(name);
  return `${prefix}alias/${name}`;
}
const made = new Set<string>();

const run = (credential: TaskCredential, keyArn: string, keyArnIsSecret: boolean) =>
  collect(lab.task(credential, { keyArn, keyArnIsSecret }), lab.ambient());

/** What a reader's program relies on: everything but the free text, the times and the numbers of requests. */
function skeleton(event: TaskEvent): unknown {
  switch (event.type) {
    case 'hop-started':
      return event.hop;
    case 'hop-finished': {
      const { hop, status, where, aws, facts, finding } = event.result;
      // Rotation is asked beside the hops, so that it has no place of its own among them.
      const names = facts.map(({ name }) => name).filter((name) => name !== 'Rotation');
      const answer = aws && [aws.operation, aws.code, aws.httpStatus];
      return { hop, status, where, answer, names, finding: finding && [finding.code, kinds(finding)] };
    }
    case 'data-key':
    case 'data-key-plaintext':
      throw new Error(`A test reports no ${event.type}.`);
    case 'finished':
      return { status: event.status, finding: event.finding && [event.finding.code, kinds(event.finding)] };
  }
}
const kinds = ({ fixes }: { fixes: ReadonlyArray<{ kind: string }> }) => fixes.map(({ kind }) => kind);

/** Neither the key nor the alias, nor what is left of their ARNs, is in any event. */
function expectNothingOf(shown: Run, aliasArn: string): void {
  const text = JSON.stringify(shown.events);
  const { arn } = lab.key('working');
  expect(text).not.toContain(arn.slice(arn.indexOf('key/') + 4));
  expect(text).not.toContain(arn);
  expect(text).not.toContain(`${aliasArn}"`);
  const name = aliasArn.slice(aliasArn.indexOf(':alias/') + 1);
  expect(text).not.toMatch(new RegExp(`${name}(?![a-zA-Z0-9/_-])`));
}

describe('the ARN of an alias that is kept as a secret', () => {
  it('hides the key behind it where AWS denies the alias before it is resolved', async () => {
    const aliasArn = aliasOf('payments');
    const shown = await run(denied, aliasArn, true);
    expect(shown.cause).toBe('iam-not-allowed');
    expect(shown.hop('describe-key').aws?.message).toContain('perform: kms:DescribeKey on resource: KEY_ARN because');
    expectNothingOf(shown, aliasArn);
  });

  it('leaves the printed policies valid, with a placeholder where it stood', async () => {
    const shown = await run(denied, aliasOf('payments'), true);
    const fixes = shown.finished.finding?.fixes ?? [];
    const iam = fixes.find(({ kind }) => kind === 'iam-policy');
    expect(JSON.parse(iam?.body ?? '').Statement[0]).toMatchObject({
      Resource: expect.stringMatching(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/\*$/),
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/ALIAS_NAME' } },
    });
    expect(fixes.find(({ kind }) => kind === 'key-policy')?.target).toBe('KEY_ARN');
  });

  it('changes nothing but free text, whatever the name of the alias', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(aliasNames, async (name) => {
        const aliasArn = aliasOf(name);
        for (const credential of [lab.manual(), denied]) {
          const [open, secret] = [await run(credential, aliasArn, false), await run(credential, aliasArn, true)];
          expect(secret.events.map(skeleton)).toEqual(open.events.map(skeleton));
          expectNothingOf(secret, aliasArn);
        }
      }),
      { numRuns: 30, examples: WORDS.map((word): [string] => [word]) },
    );
  });

  it('hides the key in a message that is cut short in the midst of its ID', async () => {
    const { arn } = lab.key('working');
    const lead = 'x'.repeat(1_000 - arn.length + 18);
    const server = await standIn((_, response) => {
      response
        .writeHead(400, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'r' })
        .end(JSON.stringify({ __type: 'AccessDeniedException', message: `${lead} ${arn} may not be used` }));
    });
    const task = lab.task(lab.manual(), { keyArn: aliasOf('payments'), keyArnIsSecret: true });
    const shown = await collect(task, lab.at({ ...lab.simulator.endpoints, kms: server.url }));
    await server.close();
    expect(shown.hop('describe-key').aws?.message).toContain('x KEY_ARN may');
    expect(JSON.stringify(shown.events)).not.toContain(arn.slice(0, -18));
    expectNothingOf(shown, aliasOf('payments'));
  });

  it('does not touch words of sentences and actions that read like its name', async () => {
    const shown = await run(denied, aliasOf('kms'), true);
    expect(shown.finished.finding?.title).toContain('may not call kms:GenerateDataKey');
    expect(shown.hop('validate').facts).toContainEqual({ name: 'Partition', value: 'aws' });
  });
});
