/** Epoch milliseconds as ISO 8601 in UTC; null for 0 and null, which mean never. */
export function isoTime(milliseconds: number | null): string | null {
  return milliseconds ? new Date(milliseconds).toISOString() : null;
}
