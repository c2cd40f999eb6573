import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { deadline } from './deadline.ts';

const never = new AbortController().signal;

/** Collects everything that nothing refers to any more. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

describe('a deadline', () => {
  it('comes, also when garbage is collected meanwhile', async () => {
    const { signal } = deadline(never, 60);
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    collectGarbage();
    const held = setTimeout(() => {}, 5000);
    await aborted;
    clearTimeout(held);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('follows the other signal, with its reason, at once where that is aborted already', () => {
    const controller = new AbortController();
    const { signal } = deadline(controller.signal, 60_000);
    controller.abort(new Error('given up'));
    expect(signal.reason).toMatchObject({ message: 'given up' });
    expect(deadline(controller.signal, 60_000).signal.aborted).toBe(true);
  });

  it('does not come after it has ended', async () => {
    const ended = deadline(never, 5);
    ended.end();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ended.signal.aborted).toBe(false);
    ended.end('abort');
    expect(ended.signal.aborted).toBe(true);
  });
});
