import { CommandError, EXIT_CODE, reasonOf } from '../exit-code.ts';
import type { ExportReader, ManifestLine, SecretLine } from '../export-file/export-reader.ts';
import type { ExportKeys } from './data-keys.ts';
import { describeLine } from './describe-line.ts';
import { contentOf } from './open-secret.ts';

type Described = ReturnType<typeof describeLine>;

/** What became of the secrets of an export. */
export interface Opened {
  readonly manifest: ManifestLine;
  readonly opened: readonly Described[];
  readonly notOpened: readonly (Described & { readonly reason: string })[];
}

/** What is done with the secrets. */
export interface Opening {
  /** Which are opened; the others are passed over. */
  readonly wanted: (secret: SecretLine) => boolean;
  /** Takes the content of one; what it throws about the content is why it was not opened. */
  readonly put: (secret: SecretLine, content: AsyncIterable<Uint8Array>) => Promise<void>;
}

/**
 * Opens the secrets of an export one after the other; one that cannot be opened keeps no other from it.
 * @throws CommandError where the export itself is broken.
 */
export async function openExport(reader: ExportReader, keys: ExportKeys, { wanted, put }: Opening): Promise<Opened> {
  const manifest = await reader.take();
  if (manifest?.kind !== 'manifest') throw new CommandError(EXIT_CODE.usage, 'This is no export of Wardline.');
  const opened: Described[] = [];
  const notOpened: (Described & { reason: string })[] = [];
  for (let line = await reader.take(); line; line = await reader.take()) {
    if (line.kind === 'data-key') keys.add(line);
    if (line.kind !== 'secret' || !wanted(line)) continue;
    const secret = line;
    try {
      const key = await keys.keyOf(secret);
      await put(secret, contentOf(key, secret, manifest, reader.chunks()));
      opened.push(describeLine(secret));
    } catch (error) {
      reader.assertWhole();
      notOpened.push({ ...describeLine(secret), reason: reasonOf(error) });
    }
  }
  reader.finish();
  return { manifest, opened, notOpened };
}
