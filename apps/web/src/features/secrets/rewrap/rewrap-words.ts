import type { Rewrap } from '@wardline/contracts';
import type { StatusTone } from '../../../ui/status-word.tsx';

/** What the states of a rewrap mean, for people. */
export function stateOf({ state, failed }: Pick<Rewrap, 'state' | 'failed'>): { word: string; tone: StatusTone } {
  switch (state) {
    case 'running':
      return { word: 'Running', tone: 'running' };
    case 'cancelled':
      return { word: 'Cancelled', tone: 'neutral' };
    case 'done':
      return failed > 0 ? { word: 'Done, with failures', tone: 'failure' } : { word: 'Done', tone: 'success' };
  }
}

/** How many secrets it has been at. */
export const handled = ({ rewrapped, unchanged, failed }: Pick<Rewrap, 'rewrapped' | 'unchanged' | 'failed'>): number =>
  rewrapped + unchanged + failed;

/** How far it is, from 0 to 100; done where there was nothing to do. */
export function percentOf(rewrap: Rewrap): number {
  return rewrap.total === 0 ? 100 : Math.floor((handled(rewrap) / rewrap.total) * 100);
}

/** What it does, in one line. */
export function titleOf({ from, to, cause }: Pick<Rewrap, 'from' | 'to' | 'cause'>): string {
  if (cause === 'key-changed') return `New key of ${to.name}`;
  return from.reference === to.reference ? `Anew under ${to.name}` : `${from.name} to ${to.name}`;
}
