import { create } from 'zustand';

/**
 * What is known of the way to the server. A call that fails makes it `suspected` only: that call alone may be the
 * problem. Whether the server is `away` the shell's own question decides, and only it lifts either state, so that a
 * call that always fails can't drive anything round in circles.
 */
export type Reachability = 'reachable' | 'suspected' | 'away';

/** The one answer for the whole console. */
export const useReachability = create<{ server: Reachability }>(() => ({ server: 'reachable' }));

/** Says that a call did not reach the server. Changes nothing while the question is being asked already. */
export function suspectUnreachable(): void {
  if (useReachability.getState().server === 'reachable') useReachability.setState({ server: 'suspected' });
}
