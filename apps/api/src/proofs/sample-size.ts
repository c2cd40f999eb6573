/** The share of the policy's time in which every value shall have been proven once: what fails has the rest to be mended. */
const SHARE = 0.5;
/** At the least, so that all of a manager's are proven each time where they are few; and at the most, so that one look ends. */
const LEAST = 100;
const MOST = 2000;

/** How many values of a manager one look decrypts, so that each is proven well within the policy. */
export function sampleSize(values: number, { days, everyMinutes }: { days: number; everyMinutes: number }): number {
  const looks = Math.max(1, Math.floor((days * SHARE * 24 * 60) / everyMinutes));
  return Math.min(MOST, Math.max(LEAST, Math.ceil(values / looks)));
}
