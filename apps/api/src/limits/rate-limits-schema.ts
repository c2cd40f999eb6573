import { z } from 'zod';
import { RATE_CLASSES, type RateClass } from './route-class.ts';
import type { Allowance } from './token-buckets.ts';

export type RateLimits = Readonly<Record<RateClass, Allowance>>;

/** Twice what Terraform needs to make and read back a thousand resources within a minute, ten requests at a time. */
const DEFAULTS: RateLimits = {
  reading: { perMinute: 12_000 },
  writing: { perMinute: 6000 },
  testing: { perMinute: 300 },
  'signing-in': { perMinute: 60 },
};

const RULE = `is off, or requests a minute by class, such as reading=20000,testing=600; the classes are ${RATE_CLASSES.join(', ')}`;
/** `WARDLINE_RATE_LIMITS`: classes that are not named keep their defaults. @returns undefined for `off`. */
export const rateLimitsSchema = z
  .string()
  .optional()
  .transform((text, context): RateLimits | undefined => {
    if (text?.trim() === 'off') return undefined;
    const given = (text ?? '').split(',').filter((part) => part.trim() !== '');
    const named = given.map((part) => readPart(part));
    if (named.every((one) => one !== undefined)) return { ...DEFAULTS, ...Object.fromEntries(named) };
    context.addIssue({ code: 'custom', message: RULE });
    return z.NEVER;
  });

function readPart(part: string): [RateClass, Allowance] | undefined {
  const [, name, amount] = /^\s*([a-z-]+)\s*=\s*([1-9]\d{0,8})\s*$/.exec(part) ?? [];
  const rateClass = RATE_CLASSES.find((one) => one === name);
  return rateClass && [rateClass, { perMinute: Number(amount) }];
}
