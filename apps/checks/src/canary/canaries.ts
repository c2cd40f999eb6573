import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret value that cannot turn up by chance, and what it is. */
export interface Canary {
  readonly what: string;
  readonly value: string;
}

/** A value with characters that URLs, JSON and shells write differently, so that each form of it is looked for. */
export function makeCanary(what: string): Canary {
  return { what, value: `canary/${randomBytes(18).toString('base64url')}+"ä&=` };
}

/** Base64 of a value at each of the three places where it can begin in a longer text, without the ends that vary. */
function base64Forms(value: string): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString('base64');
    return text.slice(shift === 0 ? 0 : shift + 1, text.length - (text.length % 4 || 4));
  });
}

/** The ways in which a value can stand in a file, a log, a URL or a store. */
function formsOf(value: string): Buffer[] {
  const texts = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    new URLSearchParams({ v: value }).toString().slice(2),
    ...base64Forms(value),
    ...base64Forms(value).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    Buffer.from(value).toString('hex'),
    Buffer.from(value).toString('hex').toUpperCase(),
  ];
  return [...new Set(texts)].map((text) => Buffer.from(text)).concat(Buffer.from(value, 'utf16le'));
}

/** Which canaries are in these bytes, in whatever form; the value itself is not repeated. */
export function canariesIn(bytes: Buffer | string, canaries: readonly Canary[]): string[] {
  const haystack = Buffer.from(bytes);
  return canaries.filter(({ value }) => formsOf(value).some((form) => haystack.includes(form))).map(({ what }) => what);
}

/** Every file below a folder with the canaries that are in it, as `file: what`. */
export function canariesInFolder(folder: string, canaries: readonly Canary[]): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => canariesIn(readFileSync(path), canaries).map((what) => `${path}: ${what}`));
}
