/** Milliseconds for people: `<1 ms`, `12 ms`, `1.24 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return '<1 ms';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
