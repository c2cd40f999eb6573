import { create } from 'zustand';

/**
 * Whether calls wait for someone to sign in again: their session ended while they were at work. The shell then asks
 * for it over the page, so that nothing typed is lost, and what was begun goes on afterwards.
 */
export const useSignInAgain = create<{ asked: boolean }>(() => ({ asked: false }));

let waiting: PromiseLike<void> | undefined;
let goOn: () => void = () => undefined;
/** How often someone signed in again: a call that was sent before may be refused after. */
let times = 0;

/** To be kept from when a call is sent, for {@link signedInAgain}. */
export const signInCount = (): number => times;

/**
 * Resolves when someone has signed in again since `sentAt`, a {@link signInCount}. All calls wait for the same answer.
 * @throws the signal's reason when the caller has no use for it any more.
 */
export async function signedInAgain(sentAt: number, signal: AbortSignal | undefined): Promise<void> {
  if (sentAt < times) return;
  waiting ??= new Promise<void>((resolve) => {
    goOn = resolve;
    useSignInAgain.setState({ asked: true });
  });
  await Promise.race([waiting, aborted(signal)]);
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Lets the waiting calls go on. */
export function continueSignedIn(): void {
  times += 1;
  waiting = undefined;
  useSignInAgain.setState({ asked: false });
  goOn();
}
