import type { AuditFilterRequest, AuditPage, AuditVerification } from '@wardline/contracts';
import { systemActor } from '../../access/principal.ts';
import type { Success } from '../../test-support/fixtures.ts';
import type { TestApp } from '../../test-support/test-app.ts';

/** Records so many events, as the server does. */
export async function givenEvents(app: TestApp, count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    await app.deps.storage.record(systemActor('test'), {
      action: 'TEST',
      resource: { type: 'CONNECTOR', identifier: `connector_${index}` },
      place: {},
      details: { index },
    });
  }
}

/** Verifies over the API. @throws when the server refuses. */
export async function verify(app: TestApp, body?: { expectedHead: string }): Promise<AuditVerification> {
  const answer = await app.call<Success<AuditVerification>>('POST', '/audit/api/audits/verify', body);
  if (answer.status !== 200) throw new Error(`the verification was refused: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}

/** Lists over the API. @throws when the server refuses. */
export async function list(app: TestApp, filter: AuditFilterRequest = {}, query = ''): Promise<AuditPage> {
  const answer = await app.call<Success<AuditPage>>('POST', `/audit/api/audits/list?${query}`, filter);
  if (answer.status !== 200) throw new Error(`the list was refused: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}
