import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { ADMIN_KEY } from '../../../test-support/test-app.ts';
import { openForm, type Part } from './form.ts';

/** An upload whose file has begun: what follows is written by the test, as is the end. */
export interface OpenUpload {
  readonly request: ClientRequest;
  readonly answer: Promise<IncomingMessage>;
  /** Ends the file and the form. */
  finish(): void;
}

export function openUpload(url: string, method: 'POST' | 'PUT', before: readonly Part[]): OpenUpload {
  const { type, start, end } = openForm(before, { name: 'file', filename: 'f' });
  const upload = request(url, { method, headers: { 'x-api-key': ADMIN_KEY, 'content-type': type } });
  const answer = once(upload, 'response').then(([response]) => response as IncomingMessage);
  // Told by the answer, for which a test waits, or meant by it.
  upload.on('error', () => {});
  upload.write(start);
  return { request: upload, answer, finish: () => void upload.end(end) };
}

/** Waits for something that happens on its own. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
