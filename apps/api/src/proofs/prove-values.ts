import type { Finding } from '@wardline/contracts';
import { BodyOpener, EnvelopeError, type MasterKey, open, type WrappingKey } from '@wardline/envelope';
import type { Config } from '../config.ts';
import type { DataKeys } from '../data-keys/data-keys.ts';
import { storedChunks } from '../secrets/files/stored-chunks.ts';
import { contextOf } from '../secrets/sealed-value.ts';
import type { Storage } from '../storage.ts';
import { WardlineError } from '../wardline-error.ts';
import type { ValueToProve } from './store.ts';

export interface ProveDeps {
  readonly storage: Storage;
  readonly config: Config;
  readonly masterKey: MasterKey;
  readonly dataKeys: Pick<DataKeys, 'forProving'>;
}

export type ProofOutcome =
  | { readonly kind: 'passed'; readonly one: ValueToProve }
  | { readonly kind: 'failed'; readonly one: ValueToProve; readonly finding: Finding }
  /** Nobody could be asked just now: that says nothing about the value. */
  | { readonly kind: 'unknown'; readonly one: ValueToProve; readonly because: WardlineError };

/**
 * Decrypts stored values that are under one data key, for which KMS is asked once, whatever is in memory.
 * @param signal ends it after the value that has its turn; the rest has no outcome.
 */
export async function proveValues(
  deps: ProveDeps,
  values: readonly ValueToProve[],
  signal?: AbortSignal,
): Promise<ProofOutcome[]> {
  const { masterKey, dataKeys } = deps;
  const dataKey = values[0]?.value.dataKey;
  if (!dataKey) return proveWith(deps, masterKey, values, signal);
  try {
    return await dataKeys.forProving(dataKey, (key) => proveWith(deps, key, values, signal));
  } catch (error) {
    if (!(error instanceof WardlineError)) throw error;
    const { finding, temporary } = error.details;
    return temporary || !finding
      ? values.map((one) => ({ kind: 'unknown', one, because: error }))
      : values.map((one) => ({ kind: 'failed', one, finding }));
  }
}

async function proveWith(
  deps: ProveDeps,
  key: WrappingKey,
  values: readonly ValueToProve[],
  signal: AbortSignal | undefined,
): Promise<ProofOutcome[]> {
  const outcomes: ProofOutcome[] = [];
  for (const one of values) {
    if (signal?.aborted) break;
    outcomes.push(await prove(deps, key, one));
  }
  return outcomes;
}

async function prove({ storage, config }: ProveDeps, key: WrappingKey, one: ValueToProve): Promise<ProofOutcome> {
  const { secret, value } = one;
  const context = contextOf(secret, value.number, config.accountId);
  const message = Buffer.from(value.message, 'base64');
  try {
    if (value.bodyId === null) open(key, message, context).fill(0);
    else {
      const opener = new BodyOpener(key, message, context);
      for await (const part of opener.plaintext(storedChunks(storage, value.bodyId))) part.fill(0);
    }
    return { kind: 'passed', one };
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    return { kind: 'failed', one, finding: damaged(error) };
  }
}

/** A row that is not what Wardline wrote. */
function damaged({ message }: EnvelopeError): Finding {
  return {
    code: 'value-damaged',
    title: 'What is stored is not what Wardline wrote',
    explanation: `${message} It was changed outside Wardline, or the disk has lost something.`,
    fixes: [
      {
        kind: 'setting',
        title: 'Give the secret its value again',
        body: 'Save the secret with its value again, roll back to a version that can be read, or restore the database from a backup.',
      },
    ],
  };
}
