import { randomUUID } from 'node:crypto';
import type { SecretFileRequest } from '@wardline/contracts';

/** One part of a form; with a file name it is a file. */
export interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content: string | Uint8Array;
}

/** A form byte by byte as it goes over the wire, in the order given. */
export function form(parts: readonly Part[]): { readonly type: string; readonly body: Buffer } {
  const boundary = `form-${randomUUID()}`;
  const pieces = parts.flatMap(({ content, ...part }) => [head(boundary, part), content, '\r\n']);
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}

/** A form around the content of a file, its last part: what goes over the wire before that and after. */
export function openForm(before: readonly Part[], { name, filename }: Omit<Part, 'content'>) {
  const { type, body } = form(before);
  const boundary = type.split('boundary=')[1] ?? '';
  const closing = `--${boundary}--\r\n`;
  const start = Buffer.concat([
    body.subarray(0, body.length - closing.length),
    Buffer.from(head(boundary, { name, ...(filename && { filename }) })),
  ]);
  return { type, start, end: `\r\n${closing}` };
}

function head(boundary: string, { name, filename, type }: Omit<Part, 'content'>): string {
  const file = filename === undefined ? '' : `; filename="${filename}"`;
  const contentType = type ?? (filename === undefined ? undefined : 'application/octet-stream');
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${contentType ? `Content-Type: ${contentType}\r\n` : ''}\r\n`;
}

/** The part that describes a file. */
export function spec(identifier: string, changes: Partial<SecretFileRequest> = {}): Part {
  const secret = {
    type: 'SecretFile',
    name: identifier,
    identifier,
    spec: { secretManagerIdentifier: 'harnessSecretManager' },
    ...changes,
  };
  return { name: 'spec', content: JSON.stringify({ secret }) };
}

/** The part with the content. */
export function file(content: string | Uint8Array, filename = 'certificate.pem'): Part {
  return { name: 'file', filename, content };
}
