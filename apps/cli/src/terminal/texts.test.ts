import pico from 'picocolors';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../exit-code.ts';
import { columns } from './columns.ts';
import { errorJson, errorText } from './error-text.ts';

const plain = pico.createColors(false);
const finding = {
  code: 'missing-right',
  title: 'The user may not decrypt',
  explanation: 'Nothing allows it.',
  fixes: [
    { kind: 'iam-policy' as const, title: 'Allow it', body: '{\n  "Version": "2012-10-17"\n}', target: 'arn:x' },
    { kind: 'command' as const, title: 'Or this', body: 'aws kms …' },
  ],
};

describe('an error', () => {
  it('has its finding with every fix whole, and hints only where there is none', () => {
    const details = { code: 'KMS_OPERATION_ERROR' as const, hints: ['A hint.'] };
    expect(errorText(new CommandError(3, 'It failed.', { details }), plain)).toBe('Error: It failed.\n  A hint.\n');
    expect(errorText(new CommandError(3, 'It failed.', { details: { ...details, finding } }), plain)).toBe(
      [
        'Error: It failed.',
        '',
        'The user may not decrypt (missing-right)',
        'Nothing allows it.',
        '',
        'Fix 1: Allow it',
        '  for arn:x',
        '    {',
        '      "Version": "2012-10-17"',
        '    }',
        '',
        'Fix 2: Or this',
        '    aws kms …',
        '',
      ].join('\n'),
    );
  });

  it('is one line of JSON for a program', () => {
    const details = { code: 'DUPLICATE_FIELD' as const, fields: [{ fieldId: 'secret.name', error: 'is taken' }] };
    expect(JSON.parse(errorJson(new CommandError(3, 'No.', { details })))).toEqual({
      error: { message: 'No.', code: 'DUPLICATE_FIELD', fields: [{ fieldId: 'secret.name', error: 'is taken' }] },
      exitCode: 3,
    });
  });

  it('does not move the cursor of whoever reads it', () => {
    expect(errorText(new CommandError(3, 'a\u001b[2Jb\rc\nd'), plain)).toBe('Error: a\ufffd[2Jb\ufffdc\nd\n');
  });
});

describe('rows', () => {
  const rows = [
    ['account.a', 'a name\nin two lines', ''],
    ['b', 'ö', 'x'],
  ];

  it('are aligned under headings for a person', () => {
    expect(columns({ outIsWatched: true, outColors: plain }, ['REFERENCE', 'NAME', 'X'], rows)).toBe(
      'REFERENCE  NAME                 X\naccount.a  a name in two lines\nb          ö                    x\n',
    );
  });

  it('are lines with tabs for a program', () => {
    expect(columns({ outIsWatched: false, outColors: plain }, ['REFERENCE', 'NAME', 'X'], rows)).toBe(
      'account.a\ta name in two lines\t\nb\tö\tx\n',
    );
  });
});
