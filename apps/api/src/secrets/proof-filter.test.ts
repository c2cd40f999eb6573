import type { Page, SecretProof, SecretResponse } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenSecret, type Success } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

interface Times {
  readonly encrypted_at?: string;
  readonly proven_at?: string;
  readonly proof_failed_at?: string;
}

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine, { env: { WARDLINE_PROOF_DAYS: '7' } });
  });
  afterAll(() => app.close());

  const given = async (identifier: string, times: Times): Promise<void> => {
    await givenSecret(app, identifier);
    const { db } = app.database;
    const own = db.selectFrom('secrets').select('value_id').where('identifier', '=', identifier);
    if (Object.keys(times).length > 0) await db.updateTable('secret_values').set(times).where('id', '=', own).execute();
  };
  const list = async (...proofStates: SecretProof['state'][]) => {
    const { body } = await app.call<Success<Page<SecretResponse>>>('POST', '/ng/api/v2/secrets/list', { proofStates });
    return body.data.content;
  };

  it('lists the secrets whose value is in a state, as each answer tells it', async () => {
    await given('young', {});
    await given('never', { encrypted_at: ago(8 * DAY_MS) });
    await given('good', { encrypted_at: ago(30 * DAY_MS), proven_at: ago(DAY_MS) });
    await given('old', { encrypted_at: ago(30 * DAY_MS), proven_at: ago(8 * DAY_MS) });
    await given('soon', { encrypted_at: ago(30 * DAY_MS), proven_at: ago(6 * DAY_MS) });
    await given('broken', { proven_at: ago(DAY_MS), proof_failed_at: ago(HOUR_MS) });
    await given('mended', { proven_at: ago(HOUR_MS), proof_failed_at: ago(DAY_MS) });
    await given('broken_long_ago', { encrypted_at: ago(30 * DAY_MS), proof_failed_at: ago(20 * DAY_MS) });
    const expected = {
      pending: ['young'],
      overdue: ['never', 'old'],
      due: ['soon'],
      proven: ['good', 'mended'],
      failed: ['broken', 'broken_long_ago'],
    } as const;
    for (const state of ['pending', 'due', 'overdue', 'proven', 'failed'] as const) {
      const found = await list(state);
      expect(found.map(({ secret }) => secret.identifier).toSorted()).toEqual(expected[state]);
      expect(new Set(found.map(({ proof }) => proof?.state))).toEqual(new Set([state]));
    }
    expect(await list('failed', 'overdue')).toHaveLength(4);
    expect(await list()).toHaveLength(8);
  });
});
