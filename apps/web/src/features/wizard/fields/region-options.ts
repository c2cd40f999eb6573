import type { Region } from '@wardline/contracts';

const SIMULATOR = 'Local simulator';

/** The groups in the order in which they are offered; partitions that AWS adds later come after them. */
const PARTITION_LABELS = {
  aws: 'Commercial',
  'aws-us-gov': 'GovCloud (US)',
  'aws-cn': 'China',
  'aws-eusc': 'European Sovereign Cloud',
  'aws-iso': 'Isolated: Top Secret (ISO)',
  'aws-iso-b': 'Isolated: Secret (ISOB)',
  'aws-iso-e': 'Isolated: Europe (ISOE)',
  'aws-iso-f': 'Isolated: ISOF',
} as const satisfies Record<string, string>;

const GROUPS: readonly string[] = [SIMULATOR, ...Object.values(PARTITION_LABELS)];

/** The regions of one partition. */
export interface RegionGroup {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

function labelOf({ name, value }: Region): string {
  return name === value ? value : `${name} · ${value}`;
}

/** The simulator's region says that it is in AWS's partition, as its ARNs do; no region of AWS has its name. */
function groupOf({ name, partition }: Region): string {
  if (name === SIMULATOR) return SIMULATOR;
  return Object.entries(PARTITION_LABELS).find(([id]) => id === partition)?.[1] ?? partition;
}

const rankOf = (group: string): number => (GROUPS.includes(group) ? GROUPS.indexOf(group) : GROUPS.length);

/**
 * Regions grouped by partition, in the server's order within one. A typed region that the server doesn't list can be
 * taken all the same: AWS opens new ones faster than any list follows.
 */
export function regionGroups(regions: readonly Region[], chosen: string, typed: string): RegionGroup[] {
  const groups = new Map<string, RegionGroup['items']>();
  for (const region of regions.toSorted((a, b) => rankOf(groupOf(a)) - rankOf(groupOf(b)))) {
    const items = groups.get(groupOf(region)) ?? [];
    items.push({ value: region.value, label: labelOf(region) });
    groups.set(groupOf(region), items);
  }
  const listed = new Set(regions.flatMap((region) => [region.value, labelOf(region)]));
  const code = typed.trim().toLowerCase();
  const unlisted = [...new Set([chosen, /^[a-z0-9-]+$/.test(code) ? code : ''])].filter(
    (value) => value !== '' && !listed.has(value),
  );
  const result = [...groups].map(([group, items]) => ({ group, items }));
  const own = unlisted.map((value) => ({ value, label: value }));
  return own.length > 0 ? [...result, { group: 'Not listed', items: own }] : result;
}
