import { useEffect, useRef, useState } from 'react';
import { type FileSecret, useSaveFile } from './api/save-file.ts';

/** Sends a file and tells how far it is; leaving the form ends it, and cancelling stores nothing. */
export function useUpload(how: 'create' | 'replace') {
  const save = useSaveFile(how);
  const [part, setPart] = useState<number>();
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);
  return {
    /** From 0 to 1 while something is being sent. */
    part,
    run: async (secret: FileSecret): Promise<void> => {
      const current = new AbortController();
      controller.current = current;
      setPart(0);
      try {
        await save(secret, { onProgress: setPart, signal: current.signal });
      } finally {
        setPart(undefined);
      }
    },
    cancel: (): void => controller.current?.abort(),
    wasCancelled: (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError',
  };
}
