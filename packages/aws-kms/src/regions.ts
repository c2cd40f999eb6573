import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { partition } from '@aws-sdk/util-endpoints';
import type { Region } from '@wardline/contracts';

interface PartitionTable {
  readonly partitions: ReadonlyArray<{
    readonly id: string;
    readonly regions: Readonly<Record<string, { readonly description?: string }>>;
  }>;
}

const TABLE_FILE = 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';

/**
 * The SDK exports `partition(region)` but hides the table behind it, so the table is read from the installed
 * package. The file is one constant whose value is JSON. `@aws-sdk/core` is looked up from `@aws-sdk/util-endpoints`,
 * which depends on it, so that it is the copy that this process signs and routes with.
 */
function readPartitionTable(): PartitionTable {
  const core = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/util-endpoints'));
  const file = join(dirname(core.resolve('@aws-sdk/core/package.json')), TABLE_FILE);
  const source = readFileSync(file, 'utf8');
  const table: unknown = JSON.parse(source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1));
  if (!isPartitionTable(table)) throw new Error(`The AWS SDK's region table has another shape than expected: ${file}`);
  return table;
}

function isPartitionTable(value: unknown): value is PartitionTable {
  if (typeof value !== 'object' || value === null || !('partitions' in value)) return false;
  return (
    Array.isArray(value.partitions) &&
    value.partitions.length > 0 &&
    value.partitions.every((p) => typeof p?.id === 'string' && typeof p.regions === 'object' && p.regions !== null)
  );
}

/** Entries such as `aws-global` or `aws-cn-global` stand for services without regions; KMS has none there. */
const isPseudoRegion = (code: string): boolean => code.endsWith('-global');

let cached: readonly Region[] | undefined;

/**
 * Every AWS region that the installed SDK knows, grouped by partition and sorted by code: nothing is hard-coded, an
 * update of the SDK brings new regions. Read once per process.
 * @throws when the installed SDK keeps its table elsewhere, which the tests of this package catch on an update.
 */
export function listRegions(): Region[] {
  cached ??= readPartitionTable().partitions.flatMap(({ id, regions }) =>
    Object.entries(regions)
      .filter(([code]) => !isPseudoRegion(code))
      .map(([code, { description }]) => ({ name: description ?? code, value: code, partition: id }))
      .sort((a, b) => (a.value < b.value ? -1 : 1)),
  );
  return [...cached];
}

/** The domain under which the endpoints of a region's services are, by the SDK's rules: `amazonaws.com`. */
export function dnsSuffixOf(region: string): string {
  return partition(region).dnsSuffix;
}

/** The partition of a region, by the SDK's rules; `aws` for a region that they do not know. */
export function partitionOf(region: string): string {
  return partition(region).name;
}
