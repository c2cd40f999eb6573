import type { Call } from '../server/api-client.ts';
import { mustSucceed } from '../server/api-client.ts';
import { secretBody } from '../server/requests.ts';
import type { EntityState, Entry, Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { connectorBody, type World } from './world.ts';

/** What one writer works with. */
export interface WriterOptions {
  readonly call: Call;
  readonly world: World;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Writers own disjoint sets of identifiers, so that each knows what its own writes must have led to. */
  readonly writer: number;
}

const ENTITIES_PER_WRITER = 12;

function body(entry: Entry, next: NonNullable<EntityState>, world: World) {
  if (entry.kind === 'connector') return connectorBody(world, entry.identifier, next.name);
  const { secret } = secretBody(entry.identifier, world.values[next.value ?? 'working']);
  return { secret: { ...secret, name: next.name } };
}

function send(options: WriterOptions, entry: Entry, next: EntityState): Promise<unknown> {
  const { call, world } = options;
  const path = entry.kind === 'connector' ? '/ng/api/connectors' : '/ng/api/v2/secrets';
  const own = `${path}/${entry.identifier}`;
  if (next === null) return mustSucceed(call, 'DELETE', own);
  if (entry.acknowledged === null) return mustSucceed(call, 'POST', path, body(entry, next, world));
  const update = entry.kind === 'connector' ? path : own;
  return mustSucceed(call, 'PUT', update, body(entry, next, world));
}

/** Creates, changes and sometimes deletes, one write after the other, until the server stops answering. */
export async function writeUntilKilled(options: WriterOptions, killed: AbortSignal): Promise<void> {
  const { ledger, random, writer } = options;
  while (!killed.aborted) {
    const kind = random.pick(['connector', 'secret']);
    const entry = ledger.entry(kind, `kill_${kind}_${writer}_${random.between(1, ENTITIES_PER_WRITER)}`);
    const name = `Version ${random.between(1, 1_000_000_000)}`;
    const value = kind === 'secret' ? random.pick(['working', 'disabled'] as const) : undefined;
    const deletes = entry.acknowledged !== null && random.between(1, 8) === 1;
    const next: EntityState = deletes ? null : { name, value };
    try {
      await ledger.write(entry, next, async () => void (await send(options, entry, next)));
    } catch (error) {
      // Only the kill may cut a write off; an error before it is the server's own and ends the run.
      if (!killed.aborted) throw error;
    }
  }
}
