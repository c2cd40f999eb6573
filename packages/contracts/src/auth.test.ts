import { expect, it } from 'vitest';
import { emailSchema } from './auth.ts';

it('keeps e-mail addresses in lower case', () => {
  expect(emailSchema.parse(' Kevin@Example.COM ')).toBe('kevin@example.com');
});

it.each(['\u212Aevin@example.com', 'kevin@e\u017Fample.com', '\u0130van@example.com'])(
  'takes %j for nobody else’s address',
  (address) => {
    expect(emailSchema.safeParse(address).success).toBe(false);
  },
);
