import { type AuditEventResponse, auditActionSchema } from '@wardline/contracts';
import { expect, it } from 'vitest';
import { auditEvent } from '../../test-support/audit-events.ts';
import { sentenceOf } from './sentence.ts';

const text = (changes: Partial<AuditEventResponse>): string => {
  const { actor, deed, object, rest } = sentenceOf(auditEvent(changes));
  return `${actor} ${deed}${object && ` ${object}`}${rest}`;
};
const ada = { type: 'USER', identifier: 'ada@example.com', labels: { resourceName: 'Ada Lovelace' } } as const;

it('says who did what to what', () => {
  expect(text({ action: 'UPDATE' })).toBe('Ada Lovelace changed connector prod-kms');
  expect(text({ action: 'TEST', outcome: 'FAILURE' })).toBe('Ada Lovelace tested connector prod-kms, which failed');
  expect(text({ action: 'ADD_MEMBERSHIP', details: { user: 'bob@example.com' } })).toBe(
    'Ada Lovelace let bob@example.com into connector prod-kms',
  );
});

it('says what people do to their own account as they would', () => {
  expect(text({ action: 'UPDATE', resource: ada, details: { changed: 'password' } })).toBe(
    'Ada Lovelace changed their password',
  );
  expect(text({ action: 'LOGOUT', resource: ada })).toBe('Ada Lovelace signed out');
  const other = { ...ada, identifier: 'bob@example.com', labels: { resourceName: 'Bob' } };
  expect(text({ action: 'LOGOUT', resource: other })).toBe('Ada Lovelace ended all sessions of Bob');
});

it('names the right that was missing, and whoever is not known', () => {
  const denied = { action: 'ACCESS_DENIED', outcome: 'DENIED', details: { permission: 'core_secret_edit' } } as const;
  const secret = { type: 'SECRET', identifier: 'db_password', labels: {} } as const;
  expect(text({ ...denied, resource: secret })).toBe(
    'Ada Lovelace was refused, lacking “Create secrets and give them new values” for secret db_password',
  );
  expect(text({ ...denied, resource: { ...secret, identifier: '' } })).toBe(
    'Ada Lovelace was refused, lacking “Create secrets and give them new values”',
  );
  const nobody = { principal: { type: 'ANONYMOUS', identifier: '' }, labels: {} } as const;
  expect(text({ action: 'UNSUCCESSFUL_LOGIN', resource: ada, authenticationInfo: nobody })).toBe(
    'Somebody unknown failed to sign in as Ada Lovelace',
  );
  expect(text({ action: 'CREATE', resource: ada, authenticationInfo: nobody, details: { by: 'setup link' } })).toBe(
    'Whoever had the setup link created user Ada Lovelace',
  );
  const half = { method: 'password', waitsFor: 'second factor' };
  expect(text({ action: 'LOGIN', resource: ada, authenticationInfo: nobody, details: half })).toBe(
    'Somebody unknown gave the password of Ada Lovelace, and has yet to show the second factor',
  );
  const server = { principal: { type: 'SYSTEM', identifier: 'wardline' }, labels: {} } as const;
  expect(text({ action: 'PRUNE', authenticationInfo: server })).toBe(
    'The server removed old events from the audit log',
  );
  expect(text({ action: 'PRUNE', outcome: 'FAILURE', authenticationInfo: server })).toBe(
    'The server removed old events from the audit log, which is broken',
  );
});

it('says which role was given to whom, where the event tells', () => {
  const assignment = { type: 'ROLE_ASSIGNMENT', identifier: 'role_assignment_1' } as const;
  const named = { ...assignment, labels: { resourceName: '_account_viewer for Bob' } };
  expect(text({ action: 'ROLE_ASSIGNMENT_CREATED', resource: named })).toBe(
    'Ada Lovelace gave a role: Account Viewer for Bob',
  );
  expect(text({ action: 'ROLE_ASSIGNMENT_DELETED', resource: { ...assignment, labels: {} } })).toBe(
    'Ada Lovelace took a role away',
  );
});

it('has words for everything that can be done', () => {
  for (const action of auditActionSchema.options) expect(text({ action })).toMatch(/^Ada Lovelace \w+/);
});
