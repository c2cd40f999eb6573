import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Document, isScalar, LineCounter, type ParsedNode, parseDocument, visit, type YAMLParseError } from 'yaml';
import { invalidFields } from '../plugins/errors.ts';
import type { WardlineError } from '../wardline-error.ts';

/** As which YAML comes; JSON is YAML as well. */
const CONTENT_TYPES = [
  'application/yaml',
  'application/x-yaml',
  'text/yaml',
  'text/x-yaml',
  'text/plain',
  'application/json',
];

/** More than these many copies of what aliases refer to are no document that a person wrote. */
const MAX_ALIASES = 100;

/** Bodies of the routes below are YAML of at most so many bytes. */
export function takeYamlBodies(app: FastifyInstance, maxBytes: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(CONTENT_TYPES, { parseAs: 'string' }, async (_request: FastifyRequest, body: string) =>
    parseYaml(body, maxBytes),
  );
}

/**
 * What a YAML document says (YAML 1.2, one document, keys that are texts).
 * @param maxBytes reading takes up to a thousand times the memory of the text, and some 10 µs a byte.
 * @throws WardlineError INVALID_REQUEST naming line and column. It repeats nothing of the text, which may have a secret
 *   in it.
 */
export function parseYaml(text: string, maxBytes: number): unknown {
  if (Buffer.byteLength(text) > maxBytes) {
    throw invalidYaml(
      `The description of a secret has at most ${maxBytes / 1024} KiB as YAML. Values are not sent as YAML.`,
    );
  }
  const lines = new LineCounter();
  // The library compares each key with all before it, and quotes the text in its messages.
  const quiet = { uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;
  const document = parseDocument(text, { ...quiet, stringKeys: true, lineCounter: lines });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  const [error] = document.errors;
  if (error)
    throw invalidYaml(`This is not valid YAML at ${at(error.pos[0])}: ${REASONS[error.code] ?? UNKNOWN_REASON}`);
  const repeated = repeatedKey(document);
  if (repeated !== undefined) throw invalidYaml(`The key at ${at(repeated)} is there twice. Leave one of them out.`);
  return plainValue(document);
}

const UNKNOWN_REASON = 'what stands there does not belong there.';

const REASONS: Partial<Record<YAMLParseError['code'], string>> = {
  BAD_DQ_ESCAPE: 'there is no such escape sequence; in a text in double quotes, a backslash is written twice.',
  BAD_INDENT: 'the indentation does not fit the lines before.',
  BAD_SCALAR_START: 'a text can not begin with this character; put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'a text with “: ” in it has to be in quotes.',
  DUPLICATE_KEY: 'the key is there twice.',
  MISSING_CHAR: 'something is missing, such as a closing quotation mark or bracket.',
  MULTIPLE_DOCS: 'a second document begins. Send one.',
  NON_STRING_KEY: 'a key has to be a text.',
  RESOURCE_EXHAUSTION: 'this is nested too deeply.',
  TAB_AS_INDENT: 'a tab can not indent. Use spaces.',
  TAG_RESOLVE_FAILED: 'the value is not what its tag says.',
};

/** Where a key is that its mapping has already. */
function repeatedKey(document: Document.Parsed<ParsedNode, boolean>): number | undefined {
  let repeated: number | undefined;
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          repeated = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return repeated;
}

function plainValue(document: Document.Parsed<ParsedNode, boolean>): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    throw invalidYaml('There are too many aliases in it, or one without its anchor. Write out what they stand for.');
  }
}

const invalidYaml = (error: string): WardlineError => invalidFields([{ fieldId: 'body', error }]);
