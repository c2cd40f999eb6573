import { expect, it } from 'vitest';
import { WardlineError } from '../wardline-error.ts';
import { ATTEMPTS, Overtaken, unlessOvertaken } from './overtaken.ts';

/** Fails so often, then succeeds; tells how often it was tried. */
function failing(times: number, error: Error) {
  let tried = 0;
  const attempt = async () => {
    tried += 1;
    if (tried <= times) throw error;
    return tried;
  };
  return { attempt, tried: () => tried };
}

it('prepares a change anew that others overtake, so often and no more', async () => {
  expect(await unlessOvertaken(failing(ATTEMPTS - 1, new Overtaken('changed')).attempt)).toBe(ATTEMPTS);
  const { attempt, tried } = failing(ATTEMPTS, new Overtaken('changed'));
  await expect(unlessOvertaken(attempt)).rejects.toMatchObject({ code: 'OPTIMISTIC_LOCKING_EXCEPTION' });
  expect(tried()).toBe(ATTEMPTS);
});

it('does not repeat what is refused for any other reason, as a change made from an older version', async () => {
  const { attempt, tried } = failing(1, new WardlineError('OPTIMISTIC_LOCKING_EXCEPTION', 'changed by someone else'));
  await expect(unlessOvertaken(attempt)).rejects.toThrow('changed by someone else');
  expect(tried()).toBe(1);
});
