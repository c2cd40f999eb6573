import type { Finding } from '@wardline/contracts';

/** Causes that pass by themselves: AWS is busy or has trouble of its own, or the way to it is broken for now. */
const TEMPORARY: ReadonlySet<string> = new Set([
  'throttled',
  'kms-unavailable',
  'dns',
  'connection-refused',
  'no-route',
  'connection-broken',
  'timeout',
  'deadline-exceeded',
]);

/** Whether trying again, with nothing changed, may help. A cause that someone has to remove is not temporary. */
export const isTemporary = ({ code }: Finding): boolean => TEMPORARY.has(code);
