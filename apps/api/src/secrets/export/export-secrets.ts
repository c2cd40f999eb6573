import { Readable } from 'node:stream';
import { setImmediate as otherWork } from 'node:timers/promises';
import { EXPORT_FORMAT, type ExportLine, parseKmsArn } from '@wardline/contracts';
import { KEY_NAMESPACE, KMS_DATA_KEY_NAMESPACE } from '@wardline/envelope';
import type { Deps } from '../../app.ts';
import { openIdentity } from '../../data-keys/key-identity.ts';
import type { Place } from '../../db/scope-columns.ts';
import { contextOf } from '../sealed-value.ts';
import type { ExportedSecret } from './exported-secrets.ts';

export interface ExportDeps extends Pick<Deps, 'storage' | 'masterKey' | 'config' | 'now' | 'logger'> {
  /** Whether whoever exports may read every secret, so also those that are the ARN of a key. */
  readonly mayReadArns: boolean;
}

/** Secrets of one query: a text has up to 1.4 MB of base64. */
const BATCH = 10;

/**
 * The secrets of a scope and of all below it as lines of JSON (see contracts' `exportLineSchema`), each with its
 * current value as it is encrypted. It holds some secrets in memory and reads the next when the client has taken them.
 * A secret that is changed meanwhile is exported as it was or as it is. The last line counts: without it, the export is
 * not whole.
 */
export function exportSecrets(deps: ExportDeps, place: Place): Readable {
  return Readable.from(texts(lines(deps, place)), { objectMode: true, highWaterMark: 1 });
}

async function* texts(all: AsyncIterable<ExportLine>): AsyncGenerator<string, void, undefined> {
  for await (const line of all) yield `${JSON.stringify(line)}\n`;
}

async function* lines(deps: ExportDeps, place: Place): AsyncGenerator<ExportLine, void, undefined> {
  const { storage, config, now } = deps;
  yield {
    kind: 'manifest',
    format: EXPORT_FORMAT,
    accountIdentifier: config.accountId,
    orgIdentifier: place.orgIdentifier ?? null,
    projectIdentifier: place.projectIdentifier ?? null,
    exportedAt: now().toISOString(),
    server: config.publicUrl,
  };
  const dataKeys = new Set<string>();
  let secrets = 0;
  for (let after = ''; ; ) {
    const batch = await storage.exportedSecrets.next(place, after, BATCH);
    const last = batch.at(-1);
    if (!last) break;
    after = last.id;
    for (const found of batch) {
      const { secret, body } = await withBody(deps, found);
      if (!secret) continue;
      if (secret.dataKey && !dataKeys.has(secret.dataKey.id)) {
        dataKeys.add(secret.dataKey.id);
        yield dataKeyLine(deps, secret.dataKey);
      }
      secrets += 1;
      yield secretLine(deps, secret);
      for (const bytes of body) yield { kind: 'chunk', bytes: bytes.toString('base64') };
    }
    // The embedded database answers at once: without this, a client that reads fast would keep everyone else waiting.
    await otherWork();
  }
  yield { kind: 'end', secrets, dataKeys: dataKeys.size };
}

/** A file with its body, read anew where it was changed or deleted since it was found. */
async function withBody({ storage: { exportedSecrets } }: ExportDeps, found: ExportedSecret) {
  let secret: ExportedSecret | undefined = found;
  while (secret?.bodyId) {
    const body = await exportedSecrets.bodyOf(secret.bodyId);
    if (body.length > 0) return { secret, body };
    const { bodyId }: ExportedSecret = secret;
    secret = await exportedSecrets.find(found.id);
    if (secret?.bodyId === bodyId) throw new Error(`The body of the file ${found.identifier} is not stored.`);
  }
  return { secret, body: [] };
}

function dataKeyLine(
  { masterKey, config: { accountId }, mayReadArns, logger }: ExportDeps,
  { id, sealedKeyArn, ciphertext, encryptionContext }: NonNullable<ExportedSecret['dataKey']>,
): ExportLine {
  const line = { kind: 'data-key', id, ciphertext, encryptionContext } as const;
  try {
    const { keyArn, isSecret } = openIdentity({ masterKey, accountId }, id, sealedKeyArn);
    const region = parseKmsArn(keyArn)?.region ?? '';
    return { ...line, keyArn: isSecret && !mayReadArns ? null : keyArn, region };
  } catch (error) {
    // One damaged row is not to keep everything else from leaving; KMS finds the key by the ciphertext.
    logger.error({ err: error, dataKey: id }, 'which KMS key made a data key can not be read');
    return { ...line, keyArn: null, region: '' };
  }
}

function secretLine({ masterKey, config: { accountId } }: ExportDeps, secret: ExportedSecret): ExportLine {
  const { place, identifier, type, name, description, tags, version, byteLength, message, dataKey } = secret;
  return {
    kind: 'secret',
    type,
    identifier,
    orgIdentifier: place.orgIdentifier ?? null,
    projectIdentifier: place.projectIdentifier ?? null,
    name,
    description,
    tags,
    secretManagerIdentifier: secret.secretManager,
    version,
    byteLength,
    encryptionContext: { ...contextOf(secret, secret.number, accountId) },
    wrappedBy: dataKey
      ? { namespace: KMS_DATA_KEY_NAMESPACE, name: dataKey.id }
      : { namespace: KEY_NAMESPACE, name: masterKey.fingerprint },
    message,
  };
}
