import { randomBytes, randomInt, randomUUID } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function letters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** The partition a region belongs to; the local regions of a simulator belong to the commercial one. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** 20 characters as IAM makes them; `SIM` after the prefix tells a reader that it opens nothing at AWS. */
export const newAccessKeyId = (kind: 'user' | 'session'): string =>
  `${kind === 'user' ? 'AKIA' : 'ASIA'}SIM${letters(13)}`;
/** 40 characters, base64 of 30 random bytes. */
export const newSecretAccessKey = (): string => randomBytes(30).toString('base64');
/** As IAM makes the IDs of users: `AIDA…`. */
export const newUserId = (): string => `AIDA${letters(17)}`;
/** As IAM makes the IDs of roles: `AROA…`. */
export const newRoleId = (): string => `AROA${letters(17)}`;
/** Multi-Region keys have `mrk-` ids, the same in every region. */
export const newKeyId = (multiRegion: boolean): string =>
  multiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID();
/** Key material of 256 bits, with a random ID. */
export const newMaterial = (): { id: string; secret: string } => ({
  id: randomBytes(32).toString('hex'),
  secret: randomBytes(32).toString('base64'),
});
