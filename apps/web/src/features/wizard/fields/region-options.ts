import type { Region } from '@wardline/contracts';

const PARTITION_LABELS: Readonly<Record<string, string>> = {
  aws: 'Commercial',
  'aws-us-gov': 'GovCloud (US)',
  'aws-cn': 'China',
};

/** The regions of one partition. */
export interface RegionGroup {
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

function labelOf({ name, value }: Region): string {
  return name === value ? value : `${name} · ${value}`;
}

/**
 * Regions grouped by partition in the server's order. A typed region that the server doesn't list can be
 * taken all the same: AWS opens new ones faster than any list follows.
 */
export function regionGroups(regions: readonly Region[], chosen: string, typed: string): RegionGroup[] {
  const groups = new Map<string, RegionGroup['items']>();
  for (const region of regions) {
    const group = PARTITION_LABELS[region.partition] ?? region.partition;
    const items = groups.get(group) ?? [];
    items.push({ value: region.value, label: labelOf(region) });
    groups.set(group, items);
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
