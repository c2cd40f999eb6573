import { expect, it } from 'vitest';
import { canariesIn, makeCanary } from './canaries.ts';

const canary = makeCanary('a password');
const { value } = canary;

it.each([
  ['as it is', value],
  ['as JSON', JSON.stringify({ value })],
  ['in a URL', `/path?${new URLSearchParams({ value })}`],
  ['as a part of a URL', `/path/${encodeURIComponent(value)}`],
  ['in base64', Buffer.from(value).toString('base64')],
  ['in base64 after one byte', Buffer.from(`x${value}y`).toString('base64')],
  ['in base64 after two bytes', Buffer.from(`xx${value}yy`).toString('base64url')],
  ['in hexadecimal', Buffer.from(value).toString('hex')],
  ['in UTF-16', Buffer.from(`..${value}..`, 'utf16le')],
])('a canary is found %s', (_form, bytes) => {
  expect(canariesIn(bytes, [canary])).toEqual(['a password']);
});

it('another value is not taken for it', () => {
  expect(canariesIn(makeCanary('another').value, [canary])).toEqual([]);
});
