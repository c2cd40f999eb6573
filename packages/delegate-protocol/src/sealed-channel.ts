import { createCipheriv, createDecipheriv } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A frame that was not sealed by the other end of this session, or not as the next one. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** One end of the sealed frames of a session. */
export interface SealedChannel {
  /** Seals the next frame. @param id the task's id, which the seal covers. */
  seal(id: string, plaintext: string): { readonly n: number; readonly sealed: string };
  /** Opens the next frame. @throws SealError for any other: replayed, lost, reordered or changed. */
  open(id: string, n: number, sealed: string): string;
}

/**
 * Seals with AES-256-GCM under one key per direction. The counter is the nonce, so no nonce is ever used twice under
 * a key, and a frame can be opened once only, in its place (NIST SP 800-38D, section 8.2.1).
 */
export function sealedChannel(keys: { readonly send: Buffer; readonly receive: Buffer }): SealedChannel {
  let sent = 0;
  let received = 0;
  return {
    seal(id, plaintext) {
      sent += 1;
      const cipher = createCipheriv('aes-256-gcm', keys.send, nonceOf(sent)).setAAD(Buffer.from(id));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { n: sent, sealed: body.toString('base64url') };
    },
    open(id, n, sealed) {
      if (n !== received + 1) throw new SealError(`Frame ${n} came where frame ${received + 1} was expected.`);
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < TAG_BYTES) throw new SealError('The frame is too short to be sealed.');
      const decipher = createDecipheriv('aes-256-gcm', keys.receive, nonceOf(n)).setAAD(Buffer.from(id));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const plaintext = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
        received = n;
        return plaintext.toString('utf8');
      } catch {
        throw new SealError('The frame was not sealed by the other end of this session.');
      }
    },
  };
}

function nonceOf(n: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeBigUInt64BE(BigInt(n), NONCE_BYTES - 8);
  return nonce;
}
