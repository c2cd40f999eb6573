import { create } from 'zustand';

/** Whether the last call reached the server. Set by the API client, shown by the shell's banner. */
export const useReachability = create<{ reachable: boolean }>(() => ({ reachable: true }));

export function reportReachable(reachable: boolean): void {
  if (useReachability.getState().reachable !== reachable) useReachability.setState({ reachable });
}
