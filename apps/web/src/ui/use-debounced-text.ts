import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const PAUSE_MS = 250;

/** A text field over a value kept elsewhere: shows what is typed at once, commits it after a pause. */
export function useDebouncedText(value: string, commit: (text: string) => void) {
  const [text, setText] = useState(value);
  const [committed, setCommitted] = useState(value);
  const [known, setKnown] = useState(value);
  const send = useDebouncedCallback((next: string) => {
    setCommitted(next);
    commit(next);
  }, PAUSE_MS);
  // The value changed without us (Back, “Clear filters”): it wins over what was typed.
  if (value !== known) {
    setKnown(value);
    if (value !== committed) setText(value);
    setCommitted(value);
  }
  const change = (next: string) => {
    setText(next);
    send(next.trim());
  };
  return [text, change] as const;
}
