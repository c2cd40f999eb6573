import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { type Issuer, startIssuer } from '../test-support/issuer.ts';
import { PROVOKE_KMS } from '../test-support/provoke-kms.ts';
import { PROVOKE_STS } from '../test-support/provoke-sts.ts';
import type { WireAnswer } from '../test-support/signed-request.ts';
import type { ExpectedAnswer } from './expected-answer.ts';
import { EXPECTED_KMS_ANSWERS } from './kms.ts';
import { EXPECTED_STS_ANSWERS } from './sts.ts';

let issuer: Issuer;
let simulator: Simulator;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(async () => {
  simulator = await startSimulator({ oidcIssuer: issuer.url });
});
afterEach(() => simulator.close());

function check(answer: WireAnswer, [, , , code, status, fragments]: ExpectedAnswer, contentType: string): void {
  expect({ status: answer.status, code: answer.code }).toEqual({ status, code });
  for (const fragment of fragments) expect(answer.message).toContain(fragment);
  if (fragments.length === 0) expect(answer.message).toBe('');
  expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get('content-type')).toBe(contentType);
  expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
}

describe('answers as AWS gives them', () => {
  it.each(EXPECTED_KMS_ANSWERS.map((row) => ({ row })))('KMS, row $row.0 ($row.1): $row.2', async ({ row }) => {
    check(await PROVOKE_KMS[row[2]](simulator), row, 'application/x-amz-json-1.1');
  });

  it.each(EXPECTED_STS_ANSWERS.map((row) => ({ row })))('STS, row $row.0 ($row.1): $row.2', async ({ row }) => {
    check(await PROVOKE_STS[row[2]](simulator, issuer), row, 'text/xml');
  });
});
