const HOUR_MS = 60 * 60 * 1000;

/** How long an old key goes on beside the one that replaces it, as one chooses it. */
export const OVERLAPS = {
  none: { label: 'At once', ms: 0 },
  hour: { label: 'In an hour', ms: HOUR_MS },
  day: { label: 'In a day', ms: 24 * HOUR_MS },
  week: { label: 'In 7 days', ms: 7 * 24 * HOUR_MS },
} as const;
export type Overlap = keyof typeof OVERLAPS;

export const isOverlap = (text: string): text is Overlap => Object.hasOwn(OVERLAPS, text);

/** When the old key stops, in epoch milliseconds; undefined for at once. */
export function overlapEnd(overlap: Overlap, now: number): number | undefined {
  const { ms } = OVERLAPS[overlap];
  return ms === 0 ? undefined : now + ms;
}
