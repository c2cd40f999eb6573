import type { ConnectorStats } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';

/** How many connectors of a scope are of which type and connectivity status. */
export async function connectorStatistics({ storage }: Pick<Deps, 'storage'>, place: Place): Promise<ConnectorStats> {
  const statusStats = await storage.connectors.countByStatus(place);
  const count = statusStats.reduce((sum, status) => sum + status.count, 0);
  return { typeStats: count > 0 ? [{ type: 'AwsKms', count }] : [], statusStats };
}
