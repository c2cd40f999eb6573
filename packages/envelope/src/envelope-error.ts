/**
 * Why an envelope could not be made or opened.
 * - `malformed`: the bytes are not a complete message of the format (truncated, trailing bytes, impossible lengths).
 * - `wrong-key`: a well-formed message, but none of its data keys was wrapped by this key.
 * - `context-mismatch`: the message was sealed for another encryption context than the expected one.
 * - `not-authentic`: the bytes were changed after sealing, or the key is not the one that its name says.
 * - `too-large`: more plaintext than the caller allows came from a stream.
 * - `key-wiped`: the wrapping key was wiped before this use of it. Fetch it again and repeat.
 * - `unsupported`: another message version or algorithm suite, or beyond a limit of `limits.ts`.
 */
export type EnvelopeErrorCode =
  | 'malformed'
  | 'wrong-key'
  | 'context-mismatch'
  | 'not-authentic'
  | 'too-large'
  | 'key-wiped'
  | 'unsupported';

/** The only error that this package throws for bad input. It never carries plaintext, key bytes, or a cause. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly code: EnvelopeErrorCode;

  constructor(code: EnvelopeErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
