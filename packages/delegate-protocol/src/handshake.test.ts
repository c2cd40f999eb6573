import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  delegateFrameSchema,
  type Hello,
  helloSchema,
  managerFrameSchema,
  parseFrame,
  type Welcome,
} from './frames.ts';
import { answerChallenge, letIn, makeChallenge, provesToken } from './handshake.ts';
import { SealError } from './sealed-channel.ts';
import { delegateTokenId, delegateTokenKey, newDelegateToken } from './token.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const self = {
  instanceId: '0b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9',
  name: 'eu-vpc',
  hostName: 'host-1',
  description: '',
  tags: ['eu', 'kms'],
  version: '0.1.0',
  capacity: 10,
};

function greet(token: string) {
  const challenge = makeChallenge(now);
  return { challenge, pending: answerChallenge(challenge, { token, accountId: 'default', self, now }) };
}

/** Both ends of a session. */
function session(token = newDelegateToken()) {
  const { challenge, pending } = greet(token);
  const entered = letIn(challenge, pending.hello, { key: delegateTokenKey(token), heartbeatMs: 1000 });
  if (!entered) throw new Error('The manager did not let it in.');
  const delegate = pending.finish(entered.welcome);
  if (!delegate) throw new Error('The delegate did not trust the manager.');
  return { manager: entered.channel, delegate, welcome: entered.welcome, pending, challenge };
}

describe('a handshake', () => {
  it('survives the wire: frames are the same after JSON and the schema, in whatever order their keys are', () => {
    const token = newDelegateToken();
    const { challenge, pending } = greet(token);
    const reversed = Object.fromEntries(Object.entries(pending.hello).reverse());
    const read = helloSchema.parse(JSON.parse(JSON.stringify(reversed)));
    expect(provesToken(challenge, read, delegateTokenKey(token))).toBe(true);
    expect(read.tokenId).toBe(delegateTokenId(token));
  });

  it('never carries the token', () => {
    const token = newDelegateToken();
    const { welcome, pending, challenge } = session(token);
    const said = JSON.stringify([challenge, pending.hello, welcome]);
    expect(said).not.toContain(token);
    expect(said).not.toContain(delegateTokenKey(token).export().toString('base64url'));
  });

  it('fails with another token, for another challenge, and when anything that was said is changed', () => {
    const token = newDelegateToken();
    const key = delegateTokenKey(token);
    const { challenge, pending } = greet(token);
    expect(provesToken(challenge, pending.hello, delegateTokenKey(newDelegateToken()))).toBe(false);
    expect(provesToken(makeChallenge(now), pending.hello, key)).toBe(false);
    const changes: Partial<Hello>[] = [
      { accountId: 'other' },
      { at: '2026-11-24T10:00:01.000Z' },
      { publicKey: greet(token).pending.hello.publicKey },
      { self: { ...self, tags: [...self.tags, 'production'] } },
    ];
    for (const change of changes) expect(provesToken(challenge, { ...pending.hello, ...change }, key)).toBe(false);
  });

  it('ends when the manager has not the token, or when its answer is changed on the way', () => {
    const token = newDelegateToken();
    const { challenge, pending } = greet(token);
    const impostor = letIn(challenge, pending.hello, { key: delegateTokenKey(newDelegateToken()), heartbeatMs: 1000 });
    expect(impostor && pending.finish(impostor.welcome)).toBeUndefined();
    const real = letIn(challenge, pending.hello, { key: delegateTokenKey(token), heartbeatMs: 1000 });
    if (!real) throw new Error('The manager did not let it in.');
    const changed: Welcome = { ...real.welcome, heartbeatMs: 1_000_000 };
    expect(pending.finish(changed)).toBeUndefined();
    expect(pending.finish(real.welcome)).toBeDefined();
  });

  it('refuses a public key that would make the session key known to all', () => {
    const token = newDelegateToken();
    const { challenge, pending } = greet(token);
    const zero = Buffer.alloc(32).toString('base64url');
    expect(
      letIn(challenge, { ...pending.hello, publicKey: zero }, { key: delegateTokenKey(token), heartbeatMs: 1 }),
    ).toBe(undefined);
  });
});

describe('the sealed frames of a session', () => {
  it('arrive as they were sent, in both directions', () => {
    const { manager, delegate } = session();
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 64 }), fc.string({ unit: 'binary' }), (id, text) => {
        const down = manager.seal(id, text);
        expect(delegate.open(id, down.n, down.sealed)).toBe(Buffer.from(text).toString('utf8'));
        const up = delegate.seal(id, text);
        expect(manager.open(id, up.n, up.sealed)).toBe(Buffer.from(text).toString('utf8'));
      }),
      { numRuns: 200 },
    );
  });

  it('are refused when replayed, out of order, changed, of another task, of another session or of the other direction', () => {
    const { manager, delegate } = session();
    const first = manager.seal('task', 'first');
    const second = manager.seal('task', 'second');
    const flipped = Buffer.from(first.sealed, 'base64url');
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    expect(() => delegate.open('task', second.n, second.sealed)).toThrow(SealError);
    expect(() => delegate.open('task', first.n, flipped.toString('base64url'))).toThrow(SealError);
    expect(() => delegate.open('other', first.n, first.sealed)).toThrow(SealError);
    expect(() => delegate.open('task', first.n, session().manager.seal('task', 'first').sealed)).toThrow(SealError);
    expect(() => manager.open('task', first.n, first.sealed)).toThrow(SealError);
    expect(delegate.open('task', first.n, first.sealed)).toBe('first');
    expect(() => delegate.open('task', first.n, first.sealed)).toThrow(SealError);
  });
});

describe('whatever is no frame', () => {
  it('is read as none, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseFrame(managerFrameSchema, text)).toBeUndefined();
        expect(parseFrame(delegateFrameSchema, text)).toBeUndefined();
      }),
    );
  });
});
