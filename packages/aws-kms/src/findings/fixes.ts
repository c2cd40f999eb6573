import type { Fix } from '@wardline/contracts';
import type { Subject } from './evidence.ts';
import { keyId } from './subject.ts';

/** A field or step of the wizard to change, by its name on screen. */
export const setting = (field: string, body: string): Fix => ({
  kind: 'setting',
  title: `Change “${field}”`,
  body,
  target: field,
});

/** Nothing to change: the same test once more. `why` says what may be different then. */
export const retest = (why: string): Fix => ({
  kind: 'setting',
  title: 'Run the test again',
  body: why,
  target: 'Connection Test',
});

/** A command line to run; `target` is what it changes or shows, where that is one thing. */
export const command = (title: string, body: string, target?: string): Fix => ({
  kind: 'command',
  title,
  body,
  ...(target ? { target } : {}),
});

const SAFE_IN_A_SHELL = /^[\w@%+=:,./-]*$/;

/**
 * A command line in which every value that is filled in stands as one quoted word: names come from settings and from
 * messages of servers, and people paste these lines into a shell.
 */
export function shell(parts: TemplateStringsArray, ...values: ReadonlyArray<string | number>): string {
  const words = values
    .map(String)
    .map((word) => (SAFE_IN_A_SHELL.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return parts.map((part, index) => part + (words[index] ?? '')).join('');
}

/** One AWS CLI command on the key, with its region. */
export const kmsCommand = (subject: Subject, operation: string, rest = ''): string =>
  shell`aws kms ${operation} --region ${subject.region} --key-id ${keyId(subject)}` + rest;

/** The endpoints that replace AWS's own on the host. */
export const seeEndpoints = command(
  'See which endpoints are set on the host',
  'env | grep AWS_ENDPOINT_URL; echo "$WARDLINE_AWS_ENDPOINTS"',
);

/** What may stand between the host and AWS, and change requests. */
export const seeProxies = command(
  'Look for proxies and endpoints on the host',
  'env | grep -i -E "proxy|AWS_ENDPOINT_URL"',
);
