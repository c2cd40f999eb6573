import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, parseTemplate, referencesOf } from './parse-template.ts';

const render = (text: string, values: Record<string, string>) =>
  fillTemplate(
    parseTemplate(text, 'x.tmpl'),
    new Map(Object.entries(values).map(([name, value]) => [name, { value }])),
  );

describe('a template', () => {
  it('has its values in the places of both syntaxes', () => {
    const text = 'a: {{ secret "account.a" }}, b: {{secret \'org.b\'}}, c: <+secrets.getValue("c")>.\n';
    expect(referencesOf(parseTemplate(text, 'x'))).toEqual(['account.a', 'org.b', 'c']);
    expect(render(text, { 'account.a': '1', 'org.b': '2', c: '3' })).toBe('a: 1, b: 2, c: 3.\n');
  });

  it('writes values in the form that is asked for', () => {
    const text = '{{ secret "a" | json }} {{ secret "a" | base64 }} {{ secret "a" | url }}';
    expect(render(text, { a: 'x "y"\n&z' })).toBe('"x \\"y\\"\\n&z" eCAieSIKJno= x%20%22y%22%0A%26z');
  });

  it('does not read a value as a template', () => {
    expect(render('{{ secret "a" }}', { a: '{{ secret "b" }} $& $1' })).toBe('{{ secret "b" }} $& $1');
  });

  it('leaves all other text as it is, also the places of other templates', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that of GitHub is meant, not one of this language
    const text = '{{ .Values.secret }} {{ secrets }} {{ account.id }} ${{ secrets.X }} <+pipeline.name> }}{{';
    expect(render(text, {})).toBe(text);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        fc.pre(!/\{\{\s*secret\b|<\+secrets/.test(any));
        expect(render(any, {})).toBe(any);
      }),
    );
  });

  it('names every place that is none, with its line', () => {
    const text =
      'ok\n{{ secret account.id }}\n<+secrets.getValue(account.id)>\n{{ secret "a.b.c" }}\n{{ secret "a" | xml }}';
    expect(() => parseTemplate(text, 'x.tmpl')).toThrow(
      /^x\.tmpl cannot be read:\n {2}line 2: .*\n {2}line 3: .*\n {2}line 4: “a\.b\.c” is no reference.*\n {2}line 5: “xml” is no form/,
    );
  });
});
