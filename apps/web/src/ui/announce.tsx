import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says a change to a screen reader, politely. Mount it empty, so that the change is heard. */
export function Announce({ children }: { readonly children: ReactNode }) {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {children}
    </VisuallyHidden>
  );
}
