import type { SecretFileInput } from '@wardline/contracts';
import type { FastifyRequest } from 'fastify';
import { invalidFields } from '../../plugins/errors.ts';
import { WardlineError } from '../../wardline-error.ts';
import { readSpec, SPEC_MAX_BYTES } from './read-spec.ts';

/** What an upload is read for; the parts may come in either order. */
export interface UploadReader {
  /** Takes the description. What it throws ends the upload before more of it is read. */
  described(input: SecretFileInput): Promise<void>;
  /** Takes the content, and reads it to its end. */
  content(bytes: AsyncIterable<Uint8Array>): Promise<void>;
}

/** What came beside what was handed on. */
export interface Upload {
  readonly input: SecretFileInput;
  /** How the content came: not at all, as a part that is a file, or only as the text that some clients add to it. */
  readonly file: 'none' | 'part' | 'text only';
}

const OPTIONS = {
  // A description is read as a stream too, so that nothing parses or cuts it before its own checks do.
  // A browser sends an empty file name where no file was chosen.
  isPartAFile: (name: string | undefined, type: string | undefined, filename: string | undefined) =>
    name === 'spec' || Boolean(filename) || (filename === undefined && type === 'application/octet-stream'),
  limits: { fieldSize: SPEC_MAX_BYTES, fields: 10, files: 4, parts: 14, fileSize: Number.POSITIVE_INFINITY },
  throwFileSizeLimit: false,
};

/**
 * Reads the parts of an upload as they come. The ecosystem's client sends two parts called `file` when it changes a
 * file: a text with the path that it has on the client, and the file; the one with a file name counts.
 * @throws WardlineError INVALID_REQUEST for a part that is missing, double or unknown, and a body that is no complete form.
 */
export async function readUpload(
  request: Pick<FastifyRequest, 'isMultipart' | 'parts'>,
  reader: UploadReader,
): Promise<Upload> {
  if (!request.isMultipart()) throw notAForm('Send the body as multipart/form-data with the parts spec and file.');
  let input: SecretFileInput | undefined;
  let file: Upload['file'] = 'none';
  try {
    for await (const part of request.parts(OPTIONS)) {
      if (part.type === 'field') {
        if (part.fieldname === 'file' && part.value !== '' && file === 'none') file = 'text only';
      } else if (part.fieldname === 'spec') {
        if (input) throw sentTwice('spec');
        input = await readSpec(part.file);
        await reader.described(input);
      } else if (part.fieldname === 'file') {
        if (file === 'part') throw sentTwice('file');
        file = 'part';
        await reader.content(part.file);
      } else {
        throw notAForm('The form has a file that is called neither spec nor file. Send those two parts.');
      }
    }
  } catch (error) {
    throw formError(error) ?? error;
  }
  if (!input) {
    const error = 'Send the description of the file: JSON with its name, ID and secret manager.';
    throw invalidFields([{ fieldId: 'spec', error }]);
  }
  return { input, file };
}

function sentTwice(part: 'spec' | 'file'): WardlineError {
  return invalidFields([{ fieldId: part, error: 'This part came twice. Send one file at a time.' }]);
}

function notAForm(message: string): WardlineError {
  return new WardlineError('INVALID_REQUEST', message, {
    hints: ['With curl: -F spec=@description.json -F file=@path-of-the-file'],
  });
}

/** The refusal for what the parser of forms throws: errors with a code of its plugin, or plain ones. */
function formError(error: unknown): WardlineError | undefined {
  if (!(error instanceof Error) || error instanceof WardlineError) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (/^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test(code)) return notAForm('The form has too many parts.');
  const isOther = !/^FST_(PROTO|MP|INVALID)/.test(code) && !/multipart|terminated early/i.test(error.message);
  return isOther ? undefined : notAForm('The body ends early, or is no well-formed multipart/form-data.');
}
