import type { SecretResponse } from '@wardline/contracts';
import type { Failure, Success } from '../../../test-support/fixtures.ts';
import { ADMIN_KEY } from '../../../test-support/test-app.ts';
import { form, type Part } from './form.ts';

const UPLOADS = '/ng/api/v2/secrets/files';

type Uploaded = Success<SecretResponse> & Failure;

/** Uploads and downloads, over the wire, as an administrator. */
export function fileCalls(url: string) {
  const asAdmin = { 'x-api-key': ADMIN_KEY };

  async function send(method: 'POST' | 'PUT', path: string, init: RequestInit) {
    const answer = await fetch(`${url}${UPLOADS}${path}`, {
      ...init,
      method,
      headers: { ...asAdmin, ...init.headers },
    });
    return { status: answer.status, body: (await answer.json()) as Uploaded };
  }

  function upload(method: 'POST' | 'PUT', path: string, parts: readonly Part[], headers: Record<string, string> = {}) {
    const { type, body } = form(parts);
    return send(method, path, { body: new Uint8Array(body), headers: { 'content-type': type, ...headers } });
  }

  const download = (identifier: string, query = '') =>
    fetch(`${url}/api/secrets/files/${identifier}?${query}`, { headers: asAdmin });

  return {
    asAdmin,
    send,
    upload,
    download,
    create: (...parts: readonly Part[]) => upload('POST', '', parts),
    createIn: (query: string, ...parts: readonly Part[]) => upload('POST', `?${query}`, parts),
    change: (identifier: string, ...parts: readonly Part[]) => upload('PUT', `/${identifier}`, parts),
    /** The content of a file. @throws where it can't be downloaded to its end. */
    async contentOf(identifier: string, query = ''): Promise<Buffer> {
      const answer = await download(identifier, query);
      if (answer.status !== 200) throw new Error(`the download answered ${answer.status}: ${await answer.text()}`);
      return Buffer.from(await answer.arrayBuffer());
    },
  };
}
