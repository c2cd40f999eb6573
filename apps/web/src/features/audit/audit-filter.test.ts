import { expect, it } from 'vitest';
import { auditFilter, exportUrl, notExportable } from './audit-filter.ts';
import { auditSearchSchema } from './audit-search.ts';

const NOW = 1_000_000_000_000;
const search = (given: object) => auditSearchSchema.parse(given);

it('asks for everything unless told otherwise, and drops what makes no sense', () => {
  expect(auditFilter(search({}), NOW)).toEqual({ filterType: 'Audit' });
  expect(auditFilter(search({ action: 'DANCE', range: 'aeon', from: 'x', outcome: 7 }), NOW)).toEqual({
    filterType: 'Audit',
  });
});

it('counts a range from now, and takes the bounds of one of one’s own', () => {
  expect(auditFilter(search({ range: 'day' }), NOW)).toMatchObject({ startTime: NOW - 86_400_000 });
  expect(auditFilter(search({ range: 'custom', from: 5, to: 9 }), NOW)).toMatchObject({ startTime: 5, endTime: 9 });
});

it('takes an e-mail address for a person and anything else for a program', () => {
  expect(auditFilter(search({ who: 'ada@example.com' }), NOW).principals).toEqual([
    { type: 'USER', identifier: 'ada@example.com' },
  ]);
  expect(auditFilter(search({ who: 'terraform' }), NOW).principals).toEqual([
    { type: 'SERVICE_ACCOUNT', identifier: 'terraform' },
  ]);
  expect(auditFilter(search({ whoType: 'SYSTEM' }), NOW).principals).toEqual([{ type: 'SYSTEM' }]);
});

it('looks for an ID among all kinds where none is chosen, which an export can’t', () => {
  const anyKind = search({ id: 'payments' });
  const kinds = auditFilter(anyKind, NOW).resources?.map(({ type }) => type);
  expect(kinds).toContain('CONNECTOR');
  expect(kinds).toContain('SECRET');
  expect(notExportable(anyKind)).toContain('needs the kind');
  const connector = search({ id: 'payments', resource: 'CONNECTOR' });
  expect(auditFilter(connector, NOW).resources).toEqual([{ type: 'CONNECTOR', identifier: 'payments' }]);
  expect(notExportable(connector)).toBeUndefined();
});

it('exports what the list shows', () => {
  expect(exportUrl(search({}), NOW)).toBe('/audit/api/audits/export');
  const asked = {
    range: 'hour',
    who: 'a+b@example.com',
    resource: 'SECRET',
    id: 'x',
    action: 'UPDATE',
    outcome: 'SUCCESS',
  };
  const url = new URL(exportUrl(search(asked), NOW), 'http://wardline.test');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    startTime: String(NOW - 3_600_000),
    actions: 'UPDATE',
    outcomes: 'SUCCESS',
    resourceTypes: 'SECRET',
    resourceIdentifier: 'x',
    principalTypes: 'USER',
    principalIdentifier: 'a+b@example.com',
  });
});
