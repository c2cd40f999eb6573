import v8 from 'node:v8';
import vm from 'node:vm';
import type { RunningDelegate } from './delegate.ts';

/** How often it is looked whether anything has happened, in milliseconds. */
const LOOK_MS = 3000;
/**
 * Of how many looks in a row without any news each one collects. The second is for V8 as Node 20 has it, which makes the
 * space of new objects smaller, thirty megabytes after a hundred tasks, only when little was allocated in the five seconds
 * before.
 */
const COLLECTS_AT: ReadonlySet<number> = new Set([1, 4]);

/** The collector of V8, which Node hands out only where a flag says so (nodejs.org/api/v8.html#v8setflagsfromstringflags). */
function collector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = vm.runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  if (typeof collect !== 'function') return () => {};
  return () => {
    // The thorough kind, which gives pages back to the system. Node 20 does not know it and collects new objects only.
    collect({ type: 'major', flavor: 'last-resort' });
    collect();
  };
}

/**
 * Gives memory back once the delegate has come to rest, after it has connected and after tasks. V8 collects when it needs
 * room, which one that only waits never does: what starting and running took would stay for days.
 */
export function collectWhenIdle({ tasks, state }: Pick<RunningDelegate, 'tasks' | 'state'>): void {
  const collect = collector();
  let seen = '';
  let quietLooks = 0;
  setInterval(() => {
    const { running, ...ended } = tasks.counts;
    const now = JSON.stringify([state().connections, ended]);
    // A whole interval without any news, so that a burst of tasks is not slowed down.
    quietLooks = running === 0 && now === seen ? quietLooks + 1 : 0;
    seen = now;
    if (COLLECTS_AT.has(quietLooks)) collect();
  }, LOOK_MS).unref();
}
