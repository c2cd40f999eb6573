import { expect } from 'vitest';

/**
 * Fails when something was found, with all of it in the message, so that it is readable wherever the failure is shown.
 * @param advice what to do about it.
 */
export function expectNone(found: readonly string[], advice: string): void {
  if (found.length > 0) expect.fail(`${advice}\n${found.map((each) => `  ${each}`).join('\n')}`);
}
