import { expect, it } from 'vitest';
import { safeReturnTo } from './return-to.ts';

const ORIGIN = 'https://wardline.example';

it('goes on at the path that one wanted, with its search and hash', () => {
  expect(safeReturnTo('/settings/connectors?q=pay#top', ORIGIN)).toBe('/settings/connectors?q=pay#top');
});

it.each([
  undefined,
  '',
  'settings',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  '/.//evil.example/',
  'javascript:alert(1)',
  '/sign-in?returnTo=/sign-in',
  '/api/auth/sso/start',
])('begins at the start page in place of %j', (wanted) => {
  expect(safeReturnTo(wanted, ORIGIN)).toBe('/settings');
});
