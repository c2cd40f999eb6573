const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** A time to come, in words: “in 12 minutes”. Both times are epoch milliseconds. */
export function formatUntil(time: number, now: number): string {
  const left = time - now;
  if (left < MINUTE) return 'within a minute';
  if (left < HOUR) return relative.format(Math.floor(left / MINUTE), 'minute');
  if (left < DAY) return relative.format(Math.floor(left / HOUR), 'hour');
  return day.format(time);
}

/** How long ago, in words; past a month the date says more. Both times are epoch milliseconds. */
export function formatRelative(time: number, now: number): string {
  const ago = Math.max(0, now - time);
  if (ago < 45_000) return 'just now';
  if (ago < HOUR) return relative.format(-Math.max(1, Math.floor(ago / MINUTE)), 'minute');
  if (ago < DAY) return relative.format(-Math.floor(ago / HOUR), 'hour');
  if (ago < 30 * DAY) return relative.format(-Math.floor(ago / DAY), 'day');
  return day.format(time);
}

/** The date alone, where the time of day does not matter. */
export function formatDay(time: number): string {
  return day.format(time);
}

/** Date, time and time zone, for the hover text of a relative time. */
export function formatExact(time: number): string {
  return exact.format(time);
}

const UNITS = ['KiB', 'MiB', 'GiB'] as const;

/** A size in words, with binary units as the limits have: “0 bytes”, “1 byte”, “1.5 KiB”, “10 MiB”. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length);
  return `${Math.round((bytes / 1024 ** power) * 10) / 10} ${UNITS[power - 1]}`;
}
