import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, usageError } from '../exit-code.ts';
import type { SecretLine } from '../export-file/export-reader.ts';
import { writePrivately } from '../files/write-privately.ts';
import type { describeLine } from './describe-line.ts';
import { placeOf } from './open-secret.ts';

const OWNER_ONLY = { recursive: true, mode: 0o700 } as const;

/** The folder that an export is opened into. */
export class ExportFolder {
  readonly #path: string;

  /** @throws CommandError for a folder that cannot be made, or has something in it. */
  constructor(path: string) {
    this.#path = path;
    let present: string[];
    try {
      mkdirSync(path, OWNER_ONLY);
      present = readdirSync(path);
    } catch (error) {
      throw usageError(`The folder ${path} cannot be made: ${reasonOf(error)}.`, { cause: error });
    }
    if (present.length > 0) throw usageError(`The folder ${path} is not empty. Name one that is, or is not there.`);
  }

  /** Writes the content of a secret; when that fails, there is no file. */
  async put(secret: SecretLine, content: AsyncIterable<Uint8Array>): Promise<void> {
    const [scope, name] = placeOf(secret);
    mkdirSync(join(this.#path, scope), OWNER_ONLY);
    await writePrivately(join(this.#path, scope, name), false, async (file) => {
      for await (const bytes of content) await file.writeFile(bytes);
    });
  }

  /** Writes what is said about the secrets, and where each is. */
  async writeIndex(secrets: readonly ReturnType<typeof describeLine>[]): Promise<void> {
    const entries = secrets.map((secret) => ({ path: pathOf(secret), ...secret }));
    await writePrivately(join(this.#path, 'index.json'), false, async (file) => {
      await file.writeFile(`${JSON.stringify({ secrets: entries }, null, 2)}\n`);
    });
  }
}

const pathOf = ({ identifier, org, project }: ReturnType<typeof describeLine>) =>
  placeOf({ identifier, orgIdentifier: org, projectIdentifier: project }).join('/');
