import type { ConnectivityHistory } from '@wardline/contracts';
import type { Config } from '../config.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Storage } from '../storage.ts';
import { bucketHistory } from './bucket-history.ts';

const HOUR_MS = 3_600_000;
/** How many single tests are told beside the counts. */
const LATEST = 20;

interface HistoryDeps {
  readonly config: Pick<Config, 'connectivityMinutes'>;
  readonly storage: Pick<Storage, 'outcomes' | 'schedule'>;
  readonly now: () => Date;
}

/** How the connection of a connector has been in the last hours, counted in equal parts of that time. */
export async function readHistory(
  { id, lastConnectedAt }: Pick<Connector, 'id' | 'lastConnectedAt'>,
  { hours, buckets }: { readonly hours: number; readonly buckets: number },
  { config, storage, now }: HistoryDeps,
): Promise<ConnectivityHistory> {
  const to = now().getTime();
  const from = to - hours * HOUR_MS;
  const checks = await storage.outcomes.history(id, new Date(from).toISOString());
  const { connectivityMinutes } = config;
  const next = connectivityMinutes === 0 ? null : await storage.schedule.nextCheckAt(id);
  return {
    everyMinutes: connectivityMinutes,
    nextCheckAt: next === null ? null : Date.parse(next),
    lastConnectedAt: lastConnectedAt === null ? null : Date.parse(lastConnectedAt),
    buckets: bucketHistory(checks, { from, to, parts: buckets }),
    checks: checks.slice(-LATEST).reverse(),
  };
}
