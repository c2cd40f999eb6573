import { useState } from 'react';

/**
 * What a dialog over a list is about. The subject stays while the dialog closes; then the focus goes back to where it
 * came from, or to the page where that is gone with its row.
 */
export function useAsked<T>() {
  const [state, setState] = useState<{
    readonly subject: T;
    readonly opener: HTMLElement | null;
    readonly open: boolean;
  }>();
  const close = (): void => {
    setState((now) => now && { ...now, open: false });
    const opener = state?.opener;
    // After the dialog has let go of the focus.
    requestAnimationFrame(() => {
      const target = opener?.isConnected ? opener : document.getElementById('main');
      target?.focus({ preventScroll: true });
    });
  };
  return {
    subject: state?.subject,
    opened: state?.open ?? false,
    ask: (subject: T, opener: HTMLElement | null = null): void => setState({ subject, opener, open: true }),
    close,
  };
}
