import { useEffect, useRef, useState } from 'react';
import { downloadFile } from '../api/download-file.ts';

type Downloading = { readonly state: 'idle' | 'reading' } | { readonly state: 'failed'; readonly error: Error };

/** Hands a content to the browser to save, and lets go of it. */
function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Saves a file where the browser saves downloads. Read by the page first, so that a refusal is told here. */
export function useDownload(identifier: string, version?: number) {
  const [downloading, setDownloading] = useState<Downloading>({ state: 'idle' });
  const reading = useRef<AbortController>(undefined);
  useEffect(() => () => reading.current?.abort(), []);

  const download = async (): Promise<void> => {
    reading.current = new AbortController();
    const { signal } = reading.current;
    setDownloading({ state: 'reading' });
    try {
      save(await downloadFile(identifier, signal, version), identifier);
      setDownloading({ state: 'idle' });
    } catch (error) {
      if (signal.aborted) return;
      setDownloading({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };

  return { downloading, download };
}
