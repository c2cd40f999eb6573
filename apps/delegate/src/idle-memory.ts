import v8 from 'node:v8';
import vm from 'node:vm';
import type { RunningDelegate } from './delegate.ts';

/** How often it is looked whether anything has happened, in milliseconds. */
const LOOK_MS = 3000;

/** The collector of V8, which Node hands out only where a flag says so (nodejs.org/api/v8.html#v8setflagsfromstringflags). */
function collector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = vm.runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  if (typeof collect !== 'function') return () => {};
  // The thorough kind, which gives pages back to the system; versions of V8 that know no kinds collect as usual.
  return () => void collect({ type: 'major', flavor: 'last-resort' });
}

/**
 * Gives memory back once the delegate has come to rest, after it has connected and after tasks. V8 collects when it needs
 * room, which one that only waits never does: what starting and running took would stay for days.
 */
export function collectWhenIdle({ tasks, state }: Pick<RunningDelegate, 'tasks' | 'state'>): void {
  const collect = collector();
  let seen = '';
  let collected = '';
  setInterval(() => {
    const { running, ...ended } = tasks.counts;
    const now = JSON.stringify([state().connections, ended]);
    // A whole interval without any news, so that a burst of tasks is not slowed down.
    const rests = running === 0 && now === seen;
    seen = now;
    if (!rests || now === collected) return;
    collected = now;
    collect();
  }, LOOK_MS).unref();
}
