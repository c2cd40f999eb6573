import { ByteReader } from './byte-reader.ts';
import { EnvelopeError } from './envelope-error.ts';
import { readHeader } from './message-header.ts';
import { rawAesKeyName } from './raw-aes-key.ts';
import type { WrappingKey } from './wrapping-key.ts';

/**
 * Which key wrapped a message, read from its header: what to look for before opening it. Nothing is authenticated.
 * @param message the whole message, or its header alone.
 * @throws EnvelopeError `malformed` or `unsupported`, the latter also when its first data key has no raw AES wrapping.
 */
export function wrappingKeyOf(message: Uint8Array): Pick<WrappingKey, 'namespace' | 'name'> {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const [first] = readHeader(new ByteReader(bytes)).encryptedDataKeys;
  const name = first && rawAesKeyName(first);
  if (first && name !== undefined) return { namespace: first.providerId, name };
  throw new EnvelopeError(
    'unsupported',
    'The data key of the message was not wrapped by a raw AES key, so Wardline did not write it. Open it with an AWS Encryption SDK.',
  );
}
