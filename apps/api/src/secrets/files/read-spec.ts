import { type SecretFileInput, secretFileBodySchema } from '@wardline/contracts';
import { invalidFields, invalidInput } from '../../plugins/errors.ts';
import type { WardlineError } from '../../wardline-error.ts';

/** The longest description of a file, in bytes. */
export const SPEC_MAX_BYTES = 64 * 1024;

/**
 * Reads the part `spec`: JSON text, what a text secret has as its body.
 * @throws WardlineError INVALID_REQUEST naming the fields, or `spec` itself. It repeats nothing of the text.
 */
export async function readSpec(content: AsyncIterable<Uint8Array>): Promise<SecretFileInput> {
  const result = secretFileBodySchema.safeParse(parse(await readText(content)));
  if (!result.success) throw invalidInput(result.error, 'spec');
  return result.data.secret;
}

async function readText(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of content) {
    length += part.length;
    if (length > SPEC_MAX_BYTES) throw invalidSpec(`The description of a file has at most ${SPEC_MAX_BYTES} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts, length).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Of the engine's message only the number: the rest repeats a piece of the text.
    const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw invalidSpec(
      `This is not valid JSON${at ? ` from character ${Number(at) + 1} on` : ''}. In names, descriptions and tags, ` +
        'quotation marks, backslashes and line breaks have to be escaped.',
    );
  }
}

function invalidSpec(error: string): WardlineError {
  return invalidFields([{ fieldId: 'spec', error }]);
}
