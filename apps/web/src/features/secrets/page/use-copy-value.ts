import { useEffect, useRef, useState } from 'react';
import { copyText } from '../../../lib/copy-text.ts';
import { resolveSecret } from '../api/resolve-secret.ts';

type Copying = { readonly state: 'idle' | 'reading' | 'copied' } | { readonly state: 'failed'; readonly error: Error };

const COPIED_MS = 4_000;

/** Puts a value on the clipboard without drawing it. */
export function useCopyValue(reference: string) {
  const [copying, setCopying] = useState<Copying>({ state: 'idle' });
  const reading = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      reading.current?.abort();
      clearTimeout(timer.current);
    },
    [],
  );

  const copy = async (): Promise<void> => {
    reading.current = new AbortController();
    const { signal } = reading.current;
    setCopying({ state: 'reading' });
    try {
      const refusal = await copyText(await resolveSecret(reference, signal));
      if (refusal) throw new Error(refusal);
      setCopying({ state: 'copied' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopying({ state: 'idle' }), COPIED_MS);
    } catch (error) {
      if (signal.aborted) return;
      setCopying({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };

  return { copying, copy };
}
