import { type MasterKey, open, seal } from '@wardline/envelope';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  type JWK,
} from 'jose';
import { systemActor } from '../access/principal.ts';
import type { OidcKeyRow } from '../db/schema.ts';
import type { Storage } from '../storage.ts';

export const SIGNING_ALGORITHM = 'RS256';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

/** The keys of the OIDC issuer; private halves are stored encrypted under the master key and opened in memory only. */
export interface SigningKeys {
  /** The newest key; the first call makes one where there is none. */
  current(): Promise<SigningKey>;
  /** The public half of every key, newest first, as a JSON Web Key Set. */
  publicKeys(): Promise<{ keys: JWK[] }>;
}

interface SigningKeysOptions {
  readonly storage: Storage;
  readonly masterKey: MasterKey;
  readonly now: () => Date;
}

/** The issuer's keys in this storage. */
export function signingKeys({ storage, masterKey, now }: SigningKeysOptions): SigningKeys {
  let opened: SigningKey | undefined;

  const rows = async (): Promise<[OidcKeyRow, ...OidcKeyRow[]]> => {
    const [newest, ...others] = await storage.oidcKeys.list();
    return newest ? [newest, ...others] : createFirst();
  };

  const createFirst = async (): Promise<[OidcKeyRow, ...OidcKeyRow[]]> => {
    const row = await newKey(masterKey, now());
    const created = await storage.changeIf(systemActor('oidc-issuer'), async ({ oidcKeys }) => {
      if (!(await oidcKeys.claimFirstKey(row.kid))) return undefined;
      await oidcKeys.insert(row);
      const resource = { type: 'OIDC_KEY', identifier: row.kid } as const;
      return { result: true, audit: { action: 'CREATE', resource, place: {} } };
    });
    const [newest, ...others] = created ? [row] : await storage.oidcKeys.list();
    if (!newest) throw new Error('The OIDC signing key was claimed but is not in the database.');
    return [newest, ...others];
  };

  return {
    async current() {
      const [newest] = await rows();
      if (opened?.kid !== newest.kid) opened = await openKey(masterKey, newest);
      return opened;
    },
    async publicKeys() {
      return { keys: (await rows()).map((row): JWK => JSON.parse(row.public_jwk)) };
    },
  };
}

/** Binds a private key to its row: it opens nowhere else. */
const sealingContext = (kid: string) => ({ purpose: 'oidc-signing-key', kid });

async function newKey(masterKey: MasterKey, createdAt: Date): Promise<OidcKeyRow> {
  const { publicKey, privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const pkcs8 = Buffer.from(await exportPKCS8(privateKey));
  const sealed = seal(masterKey, pkcs8, sealingContext(kid));
  pkcs8.fill(0);
  return {
    kid,
    // The ecosystem's documents say "RSA256", which names no algorithm; RFC 7518, section 3.1, calls it RS256.
    public_jwk: JSON.stringify({ ...jwk, kid, use: 'sig', alg: SIGNING_ALGORITHM }),
    sealed_private_key: Buffer.from(sealed).toString('base64'),
    created_at: createdAt.toISOString(),
  };
}

async function openKey(masterKey: MasterKey, { kid, sealed_private_key }: OidcKeyRow): Promise<SigningKey> {
  const pkcs8 = Buffer.from(open(masterKey, Buffer.from(sealed_private_key, 'base64'), sealingContext(kid)));
  try {
    return { kid, privateKey: await importPKCS8(pkcs8.toString(), SIGNING_ALGORITHM) };
  } finally {
    pkcs8.fill(0);
  }
}
