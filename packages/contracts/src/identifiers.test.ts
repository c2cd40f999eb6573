import { describe, expect, it } from 'vitest';
import { connectorInputSchema } from './connector.ts';
import { deriveIdentifier, descriptionSchema, identifierSchema, RESERVED_WORDS } from './identifiers.ts';
import { secretInputSchema } from './secret.ts';

describe('an identifier', () => {
  it.each(['a', '_', 'Abc_9$', 'x'.repeat(128)])('may be %s', (text) => {
    expect(identifierSchema.safeParse(text).success).toBe(true);
  });

  it.each(['', '9a', '$a', 'a-b', 'a b', 'ä', 'x'.repeat(129), ...RESERVED_WORDS])('may not be %j', (text) => {
    expect(identifierSchema.safeParse(text).success).toBe(false);
  });

  it('names the reserved word it refuses', () => {
    expect(identifierSchema.safeParse('account').error?.issues[0]?.message).toContain('“account” is a reserved word');
  });
});

describe('deriving an identifier from a name', () => {
  it.each([
    ['My KMS key', 'My_KMS_key'],
    ['prod-eu / payments', 'prod_eu_payments'],
    ['9 lives', '_9_lives'],
    ['Zürich', 'Zurich'],
    ['account', 'account_'],
    ['  ', ''],
    ['---', '_'.slice(1)],
  ])('%j suggests %j', (name, identifier) => {
    expect(deriveIdentifier(name)).toBe(identifier);
  });

  it('what is suggested is always allowed or empty', () => {
    for (const name of ['a'.repeat(200), '日本', 'or', '1', '.x', 'é', 'a$b', '$a']) {
      const suggested = deriveIdentifier(name);
      expect(suggested === '' || identifierSchema.safeParse(suggested).success).toBe(true);
    }
  });
});

describe('a description', () => {
  it('has at most 1024 characters, and the refusal says so', () => {
    expect(descriptionSchema.safeParse('x'.repeat(1024)).success).toBe(true);
    expect(descriptionSchema.safeParse('x'.repeat(1025)).error?.issues[0]?.message).toBe(
      'A description has at most 1024 characters.',
    );
  });

  it.each([connectorInputSchema, secretInputSchema])('is refused in the same words wherever one is sent', (schema) => {
    const { error } = schema.safeParse({ description: 'x'.repeat(1025) });
    expect(error?.issues.find(({ path }) => path[0] === 'description')?.message).toBe(
      'A description has at most 1024 characters.',
    );
  });
});
