import { WardlineError } from '../wardline-error.ts';

/**
 * How often a change is prepared in all. A tool that replaces the two halves of an access key, the ARN and the settings
 * of two connectors at once has four changes that overtake the fifth, and each connector one more with the first value
 * that is written under its new key.
 */
export const ATTEMPTS = 10;

/**
 * What was proven, or encrypted, before a transaction is about a connector that was changed until then. Nothing is wrong
 * with the request itself: prepared anew, it may well succeed.
 */
export class Overtaken extends WardlineError {
  constructor(message: string) {
    super('OPTIMISTIC_LOCKING_EXCEPTION', message);
  }
}

/**
 * Prepares and stores a change, and does so anew where the change of a connector came in between. Clients that change
 * several secrets of a connector at once, as Terraform does, do not repeat what is refused: their record would say that
 * the value is stored.
 * @param attempt reads, proves and encrypts everything again each time, and stores nothing when it throws.
 * @throws whatever the attempt throws; {@link Overtaken} only from the last one.
 */
export async function unlessOvertaken<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !(error instanceof Overtaken)) throw error;
    }
  }
}
