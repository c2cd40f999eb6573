import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRecord } from '../state/model.ts';
import { invalidCiphertext } from './kms-error.ts';

/**
 * The simulator's own ciphertext blob. All of the header is authenticated, and so is the encryption context:
 * magic(8) version(1) ARN length(2) ARN material id(32) IV(12) ciphertext tag(16).
 * No blob of AWS's begins like this, so neither can pass for the other.
 */
const MAGIC = Buffer.from('WLSIMKMS');
const VERSION = 1;
const MATERIAL_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Names and values that a ciphertext is bound to. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** What a blob says of itself before it is decrypted. */
export interface ParsedCiphertext {
  readonly keyArn: string;
  readonly materialId: string;
  readonly header: Buffer;
  readonly iv: Buffer;
  readonly sealed: Buffer;
  readonly tag: Buffer;
}

function lengthPrefixed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Injective: sorted by key, every key and value with its length, so `{a:"1"}` and `{a1:""}` differ. */
export function encodeContext(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(pairs.flat().map(lengthPrefixed));
}

function headerOf(keyArn: string, materialId: string): Buffer {
  const arn = Buffer.from(keyArn, 'utf8');
  const fixed = Buffer.alloc(3);
  fixed.writeUInt8(VERSION, 0);
  fixed.writeUInt16BE(arn.length, 1);
  return Buffer.concat([MAGIC, fixed, arn, Buffer.from(materialId, 'hex')]);
}

const additionalData = (header: Buffer, context: EncryptionContext): Buffer =>
  Buffer.concat([header, encodeContext(context)]);

/** A new blob, and the material that made it. */
export interface Sealed {
  readonly blob: Buffer;
  readonly materialId: string;
}

/** Encrypts under the key's newest material; two calls never give the same blob. */
export function seal(key: KeyRecord, plaintext: Buffer, context: EncryptionContext): Sealed {
  const material = key.materials.at(-1);
  if (!material) throw new Error(`${key.arn} has no key material, although it is fit for encryption.`);
  const header = headerOf(key.arn, material.id);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(material.secret, 'base64'), iv);
  cipher.setAAD(additionalData(header, context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { blob: Buffer.concat([header, iv, sealed, cipher.getAuthTag()]), materialId: material.id };
}

/** @throws KmsError InvalidCiphertextException for anything that is not a blob of the simulator's. */
export function parseCiphertext(blob: Buffer): ParsedCiphertext {
  const arnAt = MAGIC.length + 3;
  if (blob.length < arnAt || !blob.subarray(0, MAGIC.length).equals(MAGIC) || blob[MAGIC.length] !== VERSION) {
    throw invalidCiphertext();
  }
  const arnEnd = arnAt + blob.readUInt16BE(MAGIC.length + 1);
  const headerEnd = arnEnd + MATERIAL_BYTES;
  const ivEnd = headerEnd + IV_BYTES;
  if (blob.length < ivEnd + TAG_BYTES) throw invalidCiphertext();
  return {
    keyArn: blob.toString('utf8', arnAt, arnEnd),
    materialId: blob.toString('hex', arnEnd, headerEnd),
    header: blob.subarray(0, headerEnd),
    iv: blob.subarray(headerEnd, ivEnd),
    sealed: blob.subarray(ivEnd, blob.length - TAG_BYTES),
    tag: blob.subarray(blob.length - TAG_BYTES),
  };
}

/** @throws KmsError InvalidCiphertextException for another context, damage, or a material that the key never had. */
export function open(key: KeyRecord, parsed: ParsedCiphertext, context: EncryptionContext): Buffer {
  const material = key.materials.find((candidate) => candidate.id === parsed.materialId);
  if (!material) throw invalidCiphertext();
  const secret = Buffer.from(material.secret, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', secret, parsed.iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(parsed.header, context));
  decipher.setAuthTag(parsed.tag);
  try {
    return Buffer.concat([decipher.update(parsed.sealed), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}
