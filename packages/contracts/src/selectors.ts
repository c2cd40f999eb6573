import { z } from 'zod';

const normalize = (tag: string): string => tag.trim().toLowerCase();

/** One delegate selector or tag, as typed. */
export const selectorSchema = z
  .string()
  .trim()
  .min(1, 'A tag needs at least one character.')
  .max(128)
  .regex(/^[a-zA-Z0-9\-${}._<>+/:@]+$/, 'A delegate tag contains only letters, digits and - _ . + / : @ $ { } < >');

/**
 * The selectors that none of the delegate's tags satisfies, in the order given; empty means the delegate matches.
 * All selectors must be present, trimmed and compared without case.
 */
export function missingSelectors(selectors: readonly string[], tags: readonly string[]): string[] {
  const present = new Set(tags.map(normalize));
  return selectors.filter((selector) => !present.has(normalize(selector)));
}
