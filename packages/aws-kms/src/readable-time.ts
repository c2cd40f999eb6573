const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `12 December 2026, 10:00 UTC`: a moment as people read it, to the minute, the same on every host. */
export const readableTime = (time: Date): string => `${DAY.format(time)}, ${time.toISOString().slice(11, 16)} UTC`;
