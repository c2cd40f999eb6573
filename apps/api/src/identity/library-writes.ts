import type { DBAdapter } from 'better-auth';
import { toModel, type Write } from './audited-write.ts';
import { currentDeed } from './deed.ts';

/** Longer ones are cut: browsers stay far below. */
const USER_AGENT_LENGTH = 512;

/** What a write did: its result, how many rows, and whose they are where the rows say so. */
interface Written<T> {
  readonly result: T;
  readonly rows: number;
  readonly userId?: unknown;
}

/** Runs one write in a transaction, with its event. */
export type RunWrite = <T>(
  write: Write & { readonly userId?: unknown },
  work: (adapter: DBAdapter) => Promise<Written<T>>,
) => Promise<T>;

interface SessionTimes {
  readonly now: () => Date;
  readonly idleMs: number;
}

type Writes = Pick<
  DBAdapter,
  'create' | 'update' | 'updateMany' | 'delete' | 'deleteMany' | 'consumeOne' | 'incrementOne'
>;

/** Every way in which the sign-in library writes, each through `run`. */
export function writesOf(run: RunWrite, times: SessionTimes): Writes {
  return {
    create(given) {
      const model = toModel(given.model);
      const call =
        model === 'session' ? { ...given, data: { ...given.data, ...newSession(given.data, times) } } : given;
      return run({ model, operation: 'create', userId: field(given.data, 'userId') }, async (adapter) => {
        const result = await adapter.create(call);
        return { result: result as never, rows: 1, userId: ownerIn(model, result) };
      });
    },
    update(given) {
      const model = toModel(given.model);
      return run({ model, operation: 'update' }, async (adapter) => oneRow(model, await adapter.update(given)));
    },
    updateMany(given) {
      return run({ model: toModel(given.model), operation: 'update' }, async (adapter) =>
        manyRows(await adapter.updateMany(given), given.where),
      );
    },
    delete(given) {
      const model = toModel(given.model);
      return run({ model, operation: 'delete' }, async (adapter) => {
        const { rows, userId } = oneRow(model, await adapter.findOne(given));
        await adapter.delete(given);
        return { result: undefined, rows, userId };
      });
    },
    deleteMany(given) {
      return run({ model: toModel(given.model), operation: 'delete' }, async (adapter) =>
        manyRows(await adapter.deleteMany(given), given.where),
      );
    },
    consumeOne(given) {
      const model = toModel(given.model);
      return run({ model, operation: 'delete' }, async (adapter) => oneRow(model, await adapter.consumeOne(given)));
    },
    incrementOne(given) {
      const model = toModel(given.model);
      return run({ model, operation: 'update' }, async (adapter) => oneRow(model, await adapter.incrementOne(given)));
    },
  };
}

/** What this server knows better than the library: its own clock, and the client's address behind proxies. */
function newSession(data: object, { now, idleMs }: SessionTimes) {
  const at = now();
  const userAgent = field(data, 'userAgent');
  return {
    createdAt: at,
    updatedAt: at,
    expiresAt: new Date(at.getTime() + idleMs),
    ipAddress: currentDeed().actor.address ?? null,
    userAgent: typeof userAgent === 'string' && userAgent !== '' ? userAgent.slice(0, USER_AGENT_LENGTH) : null,
  };
}

function oneRow<T>(model: Write['model'], row: T | null): Written<T | null> {
  return { result: row, rows: row === null ? 0 : 1, userId: ownerIn(model, row) };
}

function manyRows(rows: number, where: readonly { field: string; value: unknown }[]): Written<number> {
  return { result: rows, rows, userId: where.find((condition) => condition.field === 'userId')?.value };
}

function ownerIn(model: Write['model'], row: unknown): unknown {
  return field(row, model === 'user' ? 'id' : 'userId');
}

function field(row: unknown, name: string): unknown {
  return typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[name] : undefined;
}
