import type { Page, SecretVersion } from '@wardline/contracts';
import type { Deps } from '../../app.ts';
import { openIdentity } from '../../data-keys/key-identity.ts';
import { numberedPage, type PageRequest } from '../../http/paging.ts';
import { getSecret } from '../get-secret.ts';
import { proofOf } from '../secret-response.ts';
import type { SecretAddress } from '../store.ts';
import type { StoredVersion } from './store.ts';

/**
 * A page of the versions of a secret, newest first, without values.
 * @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION
 */
export async function listVersions(
  deps: Pick<Deps, 'storage' | 'masterKey' | 'config' | 'now'>,
  address: SecretAddress,
  page: Pick<PageRequest, 'index' | 'size'>,
): Promise<Page<SecretVersion>> {
  const { storage, config, now } = deps;
  const secret = await getSecret(deps, address);
  const { versions, total } = await storage.secretVersions.list(secret.id, {
    limit: page.size,
    offset: page.index * page.size,
  });
  const policy = { days: config.secrets.proofDays, now: now() };
  const content = versions.map((version) => ({
    ...describeVersion(version),
    current: version.version === secret.version,
    byteLength: version.value.byteLength,
    origin: version.origin,
    createdAt: Date.parse(version.createdAt),
    createdBy: version.createdBy,
    encryptedAt: Date.parse(version.value.encryptedAt),
    keyArn: keyArnOf(deps, version),
    proof: proofOf(version.value, policy),
  }));
  return numberedPage(content, total, page);
}

/** The KMS key behind a version; null where there is none, or where its ARN is kept as a secret. */
function keyArnOf(
  { masterKey, config: { accountId } }: Pick<Deps, 'masterKey' | 'config'>,
  { dataKey }: StoredVersion,
): string | null {
  if (!dataKey) return null;
  const { keyArn, isSecret } = openIdentity({ masterKey, accountId }, dataKey.id, dataKey.sealedKeyArn);
  return isSecret ? null : keyArn;
}

/** What a version says of the secret. */
export function describeVersion({ version, name, description, tags, value }: StoredVersion) {
  return { version, name, description, tags, valueOf: value.number };
}
