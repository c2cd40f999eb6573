import { findingSchema } from '@wardline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../findings/explain.ts';
import { ACCESS_ROWS } from '../test-support/access-rows.ts';
import { KEY } from '../test-support/evidence.ts';
import { KEY_ROWS } from '../test-support/key-rows.ts';
import { KeyMask } from './key-mask.ts';
import { maskedEvent } from './masked-event.ts';

const KEY_ID = KEY.slice(KEY.indexOf('key/') + 4);
const ALIAS = KEY.replace(`key/${KEY_ID}`, 'alias/pay/roll');
const MULTI_REGION_ID = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const policy = JSON.stringify({
  Statement: [{ Resource: KEY, Condition: { 'kms:ResourceAliases': 'alias/pay/roll' } }],
});
const aliasNames = fc.stringMatching(/^[a-zA-Z0-9/_-]{1,40}$/);

/** The ways in which a text stands inside another one. */
const SPELLINGS: ReadonlyArray<[string, (text: string) => string]> = [
  ['plain', (text) => text],
  ['in capitals', (text) => text.toUpperCase()],
  ['in a URL', encodeURIComponent],
  ['in a URL, in small letters', (text) => encodeURIComponent(text).toLowerCase()],
  ['in a URL within a URL', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['with escaped slashes', (text) => text.replaceAll('/', '\\/')],
  ['in JSON within JSON', (text) => JSON.stringify(JSON.stringify(text.replaceAll('/', '\\/')))],
  ['as JSON escapes', (text) => text.replace(/[:/-]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)],
  ['as HTML', (text) => text.replaceAll('/', '&#x2F;').replaceAll(':', '&#58;')],
];

describe.each(SPELLINGS)('a key ARN %s', (_, spell) => {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const last = KEY_ID.slice(-12);

  it.each([
    ['of the key itself', KEY],
    ['of an alias, before AWS has named the key', ALIAS],
    ['of another key, which AWS answered with', KEY.replace(KEY_ID, MULTI_REGION_ID)],
  ])('is taken out of a policy and of a sentence: %s', (_, secret) => {
    const mask = new KeyMask(secret);
    const texts = [spell(ALIAS), `User: x may not on resource: ${spell(KEY)} because`, `Said: ${spell(policy)}.`];
    for (const text of texts) {
      const clean = mask.hidden(text);
      expect(letters(clean)).not.toContain(last);
      expect(letters(clean)).not.toContain('payroll');
      expect(clean).toMatch(/KEY_ARN/);
    }
  });

  it('is followed by its ID alone', () => {
    const mask = new KeyMask(ALIAS);
    mask.hidden(spell(KEY));
    expect(mask.hidden(`${spell(KEY_ID)} is disabled`)).toMatch(/^["\\]*KEY_ID["\\]* is disabled$/);
  });
});

describe('key IDs', () => {
  it.each([
    [`Invalid keyId '${KEY_ID}'`, "Invalid keyId 'KEY_ID'"],
    [`Key ${KEY_ID} is pending deletion`, 'Key KEY_ID is pending deletion'],
    [`{"KeyId":"${KEY_ID}"}`, '{"KeyId":"KEY_ID"}'],
    [`aws kms enable-key --key-id ${KEY_ID}`, 'aws kms enable-key --key-id KEY_ID'],
    [`${MULTI_REGION_ID} is disabled`, 'KEY_ID is disabled'],
  ])('are known without an ARN where they are named as such: %s', (text, expected) => {
    expect(new KeyMask(ALIAS).hidden(text)).toBe(expected);
  });

  it('are not every UUID: sessions and external IDs have them too', () => {
    const session = `arn:aws:sts::111122223333:assumed-role/app/wardline-${KEY_ID}`;
    for (const text of [session, `"sts:ExternalId": "${KEY_ID}"`]) expect(new KeyMask(ALIAS).hidden(text)).toBe(text);
  });

  it('are known from a value that is no ARN', () => {
    expect(new KeyMask(` ${KEY_ID}\n`).hidden(`The ID ${KEY_ID}`)).toBe('The ID KEY_ID');
  });
});

it('keys elsewhere keep the place that tells them apart, and another key is called so', () => {
  const mask = new KeyMask(KEY);
  expect(mask.hidden(KEY.replace('us-gov-west-1', 'us-gov-east-1'))).toBe(
    'arn:aws-us-gov:kms:us-gov-east-1:111122223333:key/KEY_ID',
  );
  expect(mask.hidden(KEY.replace(KEY_ID, MULTI_REGION_ID))).toBe('OTHER_KEY_ARN');
});

it('texts that only read like the name of the alias stay as they are', () => {
  const words = [
    'kms:Decrypt',
    'key',
    'my-alias/',
    'alias/NAME/',
    'arn:aws:iam::111122223333:role/key',
    'key/*',
    '"',
    'pass',
  ];
  const texts = fc.array(fc.constantFrom(...words)).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(aliasNames, texts, (name, text) => {
      fc.pre(name !== 'NAME/');
      expect(new KeyMask(ALIAS.replace('pay/roll', name)).hidden(text)).toBe(text);
    }),
  );
});

it('a text without end takes no time', () => {
  const mask = new KeyMask(ALIAS);
  const start = performance.now();
  for (const part of ['arn:', 'arn\\', '\\', '%25', 'key ', 'alias\\', 'arn:aws:kms:a:111122223333:key/a\\', 'a-'])
    mask.hidden(`arn:${part.repeat(20_000)}`);
  expect(performance.now() - start).toBeLessThan(2_000);
});

it('every finding about the key keeps its shape and its policies, whatever the alias is called', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KEY_ROWS, ...ACCESS_ROWS), aliasNames, (row, name) => {
      const keyArn = ALIAS.replace('pay/roll', name);
      const finding = explain({ ...row.evidence, subject: { ...row.evidence.subject, keyArn } });
      const masked = maskedEvent({ type: 'finished', status: 'FAILURE', finding }, new KeyMask(keyArn).hidden);
      const shown = findingSchema.parse(masked.type === 'finished' ? masked.finding : undefined);
      expect([shown.code, shown.fixes.map(({ kind }) => kind)]).toEqual([
        finding.code,
        finding.fixes.map(({ kind }) => kind),
      ]);
      expect(JSON.stringify(shown)).not.toContain(KEY_ID);
      for (const { kind, body } of shown.fixes) if (kind.endsWith('-policy')) JSON.parse(body);
    }),
    { numRuns: 300 },
  );
});
