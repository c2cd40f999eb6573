import { describe, expect, it } from 'vitest';
import { weaknessOf } from './password-rules.ts';

const context = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' };

describe('a password', () => {
  it.each([
    ['qwerty123456', 'common'],
    ['1qaz2wsx3edc4rfv', 'common'],
    ['Administrator', 'common'],
    ['Password1234!', 'common word'],
    ['P@ssw0rd2026!', 'common word'],
    ['1234 monkey 5678', 'common word'],
    ['zzyyzzyyzzyyx', 'repeats'],
    ['abababababab', 'repeats'],
    ['abcdefghijklm', 'counts'],
    ['9876543210987', 'counts'],
    ['482058103958', 'only a number'],
    ['ada.lovelace@example.com', 'name or address'],
    ['Ada.Lovelace@Example.com1', 'name or address'],
    ['lovelace-2026', 'name or address'],
    ['Wardline2026!', 'name or address'],
  ])('is refused where it is easy to guess: %s', async (password, reason) => {
    expect(await weaknessOf(password, context)).toContain(reason);
  });

  it.each([
    'notes on the engine',
    'correct horse battery',
    'Tr0ub4dor&3-and-more',
    'ada likes 7 brass gears',
    'пароль из шести слов',
    '48205810395827461950382',
    'xK9!mQ2@vL7#',
  ])('is taken where it is not: %s', async (password) => {
    expect(await weaknessOf(password, context)).toBeUndefined();
  });
});
