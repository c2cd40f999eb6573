import { type Resolved, unwrapExpression } from '@wardline/contracts';
import type { Caller } from '../../access/caller.ts';
import type { Deps } from '../../app.ts';
import type { AuditEntry } from '../../audit/audit-entry.ts';
import type { Place } from '../../db/scope-columns.ts';
import { describePlace } from '../../http/scope.ts';
import { WardlineError } from '../../wardline-error.ts';
import { addressOf } from '../built-in-manager.ts';
import { openText } from '../sealed-value.ts';
import type { SecretAddress } from '../store.ts';
import { type OpeningDeps, withOpeningKey } from '../values/stored-value.ts';
import { addressKey, type ReadableSecret } from './readable-secrets.ts';

export type ResolveDeps = Pick<Deps, 'storage' | 'config'> & OpeningDeps;

/** What became of a secret that was asked for, and what is on record of it. */
interface Outcome {
  readonly answer: Answer;
  readonly entry: AuditEntry | undefined;
}

type Answer = ResolvedPart<'ok'> | ResolvedPart<'error'>;
type ResolvedPart<S extends Resolved['status']> = Omit<Extract<Resolved, { status: S }>, 'reference'>;

/**
 * The values of text secrets, for those that the caller may read: in the order of the references, each with its value
 * or with why there is none. One query reads all of them, and a secret that several references name is read once. Every
 * value and every refusal is on record before anything is answered. A secret that there is not and one that the caller
 * may not read have the same answer, after the same query.
 */
export async function resolveSecrets(
  deps: ResolveDeps,
  { access, actor }: Caller,
  place: Place,
  references: readonly string[],
): Promise<Resolved[]> {
  const asked = references.map((reference) => ({ reference, address: addressOf(unwrapExpression(reference), place) }));
  const addresses = new Map<string, SecretAddress>();
  for (const { address } of asked) if (address) addresses.set(addressKey(address), address);

  const found = await deps.storage.readableSecrets.find(addresses);
  const outcomes = new Map(
    await Promise.all(
      [...addresses].map(async ([key, address]): Promise<[string, Outcome]> => {
        const secret = found.get(key);
        const allowed = access.allows('core_secret_access', address.place);
        return [key, secret && allowed ? await read(deps, secret) : refused(address, secret !== undefined)];
      }),
    ),
  );

  const entries = [...outcomes.values()].flatMap(({ entry }) => entry ?? []);
  if (entries.length > 0) await deps.storage.recordAll(actor, entries);
  return asked.map(({ reference, address }) => {
    const outcome = address && outcomes.get(addressKey(address));
    return { reference, ...(outcome ? outcome.answer : noReference(place)) };
  });
}

async function read({ config: { accountId }, ...keys }: ResolveDeps, secret: ReadableSecret): Promise<Outcome> {
  const { place, identifier, name, version, value } = secret;
  if (secret.type === 'SecretFile') return { answer: isFile(secret), entry: undefined };
  const entry = { action: 'READ_VALUE', resource: { type: 'SECRET', identifier, name }, place } as const;
  try {
    const text = await withOpeningKey(keys, value, (key) => openText(key, accountId, secret, value));
    return { answer: { status: 'ok', value: text, version }, entry: { ...entry, details: { version } } };
  } catch (error) {
    if (!(error instanceof WardlineError)) throw error;
    const { code, message, details } = error;
    const { finding } = details;
    return {
      answer: { status: 'error', error: { code, message, ...(finding && { finding }) } },
      entry: { ...entry, outcome: 'FAILURE', details: { version, code } },
    };
  }
}

/** @param exists tells who reads the audit log, and nobody else. */
function refused({ place, identifier }: SecretAddress, exists: boolean): Outcome {
  return {
    answer: failed(
      'SECRET_NOT_ACCESSIBLE',
      `There is no secret with the ID “${identifier}” at ${describePlace(place)}, or you may not read its value. Look for the ID, or ask an administrator for the right core_secret_access there.`,
    ),
    entry: {
      action: 'ACCESS_DENIED',
      outcome: 'DENIED',
      resource: { type: 'SECRET', identifier },
      place,
      details: exists ? { permission: 'core_secret_access' } : { reason: 'there is no such secret' },
    },
  };
}

function isFile({ place, identifier }: ReadableSecret): Answer {
  return failed(
    'SECRET_IS_FILE',
    `The secret “${identifier}” at ${describePlace(place)} is a file. Download it: GET /api/secrets/files/${identifier}.`,
  );
}

/** The reference itself is not quoted: someone may have put a value there. */
function noReference(place: Place): Answer {
  return failed(
    'INVALID_REQUEST',
    `This is no reference that can be used from ${describePlace(place)}. Write account.ID, org.ID or ID, of this scope or of one above it.`,
  );
}

function failed(code: ResolvedPart<'error'>['error']['code'], message: string): Answer {
  return { status: 'error', error: { code, message } };
}
