import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { responseOf, type SecretFileRequest, secretResponseSchema, type Tags } from '@wardline/contracts';
import { upload } from '../../../lib/upload.ts';
import { secretQuery } from './get-secret.ts';
import { renewSecrets } from './save-secret.ts';

/** A file on its way to the server and nowhere else. */
export interface FileSecret {
  readonly name: string;
  readonly identifier: string;
  readonly description: string;
  readonly tags: Tags;
  /** Reference of the secret manager. */
  readonly manager: string;
  /** Absent to keep the stored one. */
  readonly file?: File;
  /** What a change was made from; see {@link useGuarded}. */
  readonly ifMatch?: string;
}

interface Sending {
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

/** `spec` first, so that a server which reads in order can refuse before the file comes. */
function formOf({ file, manager, ifMatch: _, ...secret }: FileSecret): FormData {
  const request: SecretFileRequest = { ...secret, type: 'SecretFile', spec: { secretManagerIdentifier: manager } };
  const form = new FormData();
  form.append('spec', JSON.stringify({ secret: request }));
  if (file) form.append('file', file, file.name);
  return form;
}

async function saveFile(
  queryClient: QueryClient,
  secret: FileSecret,
  how: 'create' | 'replace',
  sending: Partial<Sending>,
) {
  const path = '/ng/api/v2/secrets/files';
  const { data } = await upload({
    ...(how === 'create'
      ? { method: 'POST', path }
      : { method: 'PUT', path: `${path}/${encodeURIComponent(secret.identifier)}` }),
    form: formOf(secret),
    ifMatch: secret.ifMatch,
    schema: responseOf(secretResponseSchema),
    ...sending,
  });
  await renewSecrets(queryClient, secret.identifier);
  queryClient.setQueryData(secretQuery(secret.identifier).queryKey, data);
  return data;
}

/** A function that stores a file as a new secret, or with `replace` changes an existing one. */
export function useSaveFile(how: 'create' | 'replace') {
  const queryClient = useQueryClient();
  return (secret: FileSecret, sending: Partial<Sending> = {}) => saveFile(queryClient, secret, how, sending);
}
