import { type Resolved, unwrapExpression } from '@wardline/contracts';
import type { Caller } from '../../access/caller.ts';
import { unreadableEntry } from '../../access/refusal-entries.ts';
import type { Refusals } from '../../access/refusals.ts';
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

export interface ResolveDeps extends Pick<Deps, 'storage' | 'config'>, OpeningDeps {
  readonly refusals: Pick<Refusals, 'add'>;
}

/** What became of a secret that was asked for, and what is on record of it. */
interface Outcome {
  readonly answer: Answer;
  readonly entry?: AuditEntry;
  readonly refused?: { readonly address: SecretAddress; readonly reason: 'forbidden' | 'missing' };
}

/** The values of one answer together, in bytes: it is in memory as a whole, several times over. */
const ANSWER_MAX_BYTES = 16 * 1024 * 1024;

type Answer = ResolvedPart<'ok'> | ResolvedPart<'error'>;
type ResolvedPart<S extends Resolved['status']> = Omit<Extract<Resolved, { status: S }>, 'reference'>;

/**
 * The values of text secrets, for those that the caller may read: in the order of the references, each with its value
 * or with why there is none. One query reads all of them, and a secret that several references name is read once. Every
 * value is on record before anything is answered, and what is refused is one event for all of it, or counted. A secret
 * that there is not and one that the caller may not read have the same answer, in the same time: where they may read
 * none, none is looked for.
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

  const allowed = new Map([...addresses].filter(([, at]) => access.allows('core_secret_access', at.place)));
  const found = await deps.storage.readableSecrets.find(allowed);
  const beyond = beyondAnswer(found, allowed.keys());
  const outcomes = new Map(
    await Promise.all(
      [...addresses].map(async ([key, address]): Promise<[string, Outcome]> => {
        // Whatever was found: what is not allowed is not read.
        const secret = allowed.has(key) ? found.get(key) : undefined;
        if (secret) return [key, beyond.has(key) ? { answer: tooMuch(secret) } : await read(deps, secret)];
        return [key, refused(address, allowed.has(key) ? 'missing' : 'forbidden')];
      }),
    ),
  );

  const entries = [...outcomes.values()].flatMap(({ entry }) => entry ?? []);
  if (entries.length > 0) await deps.storage.recordAll(actor, entries);
  await recordRefused(deps, actor, [...outcomes.values()]);
  return asked.map(({ reference, address }) => {
    const outcome = address && outcomes.get(addressKey(address));
    return { reference, ...(outcome ? outcome.answer : noReference(place)) };
  });
}

async function read({ config: { accountId }, ...keys }: ResolveDeps, secret: ReadableSecret): Promise<Outcome> {
  const { place, identifier, name, version, value } = secret;
  if (secret.type === 'SecretFile') return { answer: isFile(secret) };
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

function refused(address: SecretAddress, reason: 'forbidden' | 'missing'): Outcome {
  const { place, identifier } = address;
  const message = `There is no secret with the ID “${identifier}” at ${describePlace(place)}, or you may not read its value. Look for the ID, or ask an administrator for the right core_secret_access there.`;
  return { answer: failed('SECRET_NOT_ACCESSIBLE', message), refused: { address, reason } };
}

/** However many there are and however often they are asked for, they do not fill the audit log. */
async function recordRefused(
  { refusals }: ResolveDeps,
  actor: Caller['actor'],
  outcomes: readonly Outcome[],
): Promise<void> {
  for (const reason of ['forbidden', 'missing'] as const) {
    const [first, ...others] = outcomes.flatMap((one) => (one.refused?.reason === reason ? one.refused.address : []));
    if (!first) continue;
    const { kind, entry } = unreadableEntry(reason, actor, [first, ...others]);
    await refusals.add(kind, actor, entry, 1 + others.length);
  }
}

/** Of the texts in their order, those that an answer has no room for after the ones before them. */
function beyondAnswer(found: ReadonlyMap<string, ReadableSecret>, keys: Iterable<string>): ReadonlySet<string> {
  const beyond = new Set<string>();
  let bytes = 0;
  for (const key of keys) {
    const secret = found.get(key);
    if (secret?.type !== 'SecretText') continue;
    bytes += secret.value.byteLength;
    if (bytes > ANSWER_MAX_BYTES) beyond.add(key);
  }
  return beyond;
}

function tooMuch({ place, identifier }: ReadableSecret): Answer {
  return failed(
    'INVALID_REQUEST',
    `The values of this request have more than ${ANSWER_MAX_BYTES / 1024 / 1024} MiB together. Ask for the secret “${identifier}” at ${describePlace(place)} in another request.`,
  );
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
