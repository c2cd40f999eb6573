import { type ExportLine, exportLineSchema } from '@wardline/contracts';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import { parseJson } from '../parse-json.ts';

/** What an export had when it was read to its end. */
export interface ExportCounts {
  readonly secrets: number;
  readonly dataKeys: number;
}

type Kind = ExportLine['kind'];
/** What may stand before a line; a chunk belongs to a file. */
const AFTER: Readonly<Record<Kind, readonly (Kind | 'nothing')[]>> = {
  manifest: ['nothing'],
  'data-key': ['manifest', 'data-key', 'secret', 'chunk'],
  secret: ['manifest', 'data-key', 'secret', 'chunk'],
  chunk: ['secret', 'chunk'],
  end: ['manifest', 'data-key', 'secret', 'chunk'],
};

/** Reads an export line by line, and holds it to its order, its own count, and that no secret is without its data key. */
export class ExportChecker {
  #last: Kind | 'nothing' = 'nothing';
  #secrets = 0;
  #lines = 0;
  #inFile = false;
  readonly #dataKeys = new Set<string>();

  /** @throws CommandError for what is no line of an export, or not the next one. */
  take(line: Uint8Array): ExportLine {
    this.#lines += 1;
    const { data } = exportLineSchema.safeParse(parseJson(Buffer.from(line).toString('utf8')));
    if (!data || !AFTER[data.kind].includes(this.#last)) throw this.#broken('is not what an export has there');
    this.#count(data);
    this.#last = data.kind;
    return data;
  }

  /** @throws CommandError where the export has no end, because it was cut off. */
  finish(): ExportCounts {
    if (this.#last !== 'end') throw broken(`It ends after line ${this.#lines}, before its end: it was cut off.`);
    return { secrets: this.#secrets, dataKeys: this.#dataKeys.size };
  }

  #count(line: ExportLine): void {
    if (line.kind === 'data-key') this.#dataKeys.add(line.id);
    if (line.kind === 'chunk' && !this.#inFile)
      throw this.#broken('is the content of a file, but no file is before it');
    if (line.kind === 'secret') {
      this.#secrets += 1;
      this.#inFile = line.type === 'SecretFile';
      const { namespace, name } = line.wrappedBy;
      if (namespace === 'wardline-data-key' && !this.#dataKeys.has(name)) {
        throw this.#broken(`needs the data key ${name}, which is not before it`);
      }
    }
    const { secrets, dataKeys } = { secrets: this.#secrets, dataKeys: this.#dataKeys.size };
    if (line.kind === 'end' && (line.secrets !== secrets || line.dataKeys !== dataKeys)) {
      throw broken(
        `It says that it has ${line.secrets} secrets and ${line.dataKeys} data keys, and has ${secrets} and ${dataKeys}.`,
      );
    }
  }

  #broken(what: string): CommandError {
    return broken(`Line ${this.#lines} ${what}.`);
  }
}

function broken(why: string): CommandError {
  return new CommandError(EXIT_CODE.broken, `The export is broken. ${why} Make it again with “wardline export”.`);
}
