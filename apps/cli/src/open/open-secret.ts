import { identifierSchema } from '@wardline/contracts';
import { BodyOpener, open, type WrappingKey } from '@wardline/envelope';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import type { ManifestLine, SecretLine } from '../export-file/export-reader.ts';

/**
 * The content of a secret, in pieces that are authentic each; only the end says that all of it was there.
 * @param chunks the content lines of a file.
 * @throws CommandError where the message belongs to another secret, and EnvelopeError where it is not intact.
 */
export async function* contentOf(
  key: WrappingKey,
  secret: SecretLine,
  manifest: ManifestLine,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  refuseForeign(secret, manifest);
  const message = Buffer.from(secret.message, 'base64');
  if (secret.type === 'SecretFile') {
    yield* new BodyOpener(key, message, secret.encryptionContext).plaintext(chunks);
    return;
  }
  yield open(key, message, secret.encryptionContext);
}

/** A message that was put in the place of another one opens, so what it is bound to is compared with where it stands. */
function refuseForeign({ encryptionContext: context, ...secret }: SecretLine, manifest: ManifestLine): void {
  const isOwn =
    context.account === manifest.accountIdentifier &&
    context.secret === secret.identifier &&
    context.org === (secret.orgIdentifier ?? '') &&
    context.project === (secret.projectIdentifier ?? '');
  if (isOwn) return;
  throw new CommandError(EXIT_CODE.broken, 'its message was encrypted for another secret: the export was changed');
}

/**
 * Where a secret is put below the folder: `account/ID`, `org.ORG/ID`, `project.ORG.PROJECT/ID`.
 * @throws CommandError for what is no identifier, and could lead out of the folder.
 */
export function placeOf({
  identifier,
  orgIdentifier: org,
  projectIdentifier: project,
}: Pick<SecretLine, 'identifier' | 'orgIdentifier' | 'projectIdentifier'>): [string, string] {
  const words = [identifier, org, project].filter((word) => word !== null);
  if (words.every((word) => identifierSchema.safeParse(word).success)) {
    if (org === null) return ['account', identifier];
    return [project === null ? `org.${org}` : `project.${org}.${project}`, identifier];
  }
  throw new CommandError(EXIT_CODE.broken, 'it has an ID that none can have: the export was changed');
}
