import { create } from 'zustand';

/**
 * The token of the one-time link that was opened. In memory only: whoever has it gets in, so it stays neither in the
 * address bar nor in the browser's history.
 */
export const useLinkToken = create<{ token: string | undefined }>(() => ({ token: undefined }));

/** Takes the token out of a link's fragment. False where there is none. @param hash the fragment, without `#`. */
export function takeLinkToken(hash: string): boolean {
  const token = new URLSearchParams(hash).get('token');
  if (token === null) return false;
  useLinkToken.setState({ token });
  return true;
}
