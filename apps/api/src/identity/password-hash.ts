import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** The cost and the form of the sign-in library's own hashes, `salt:key` in hexadecimal: 32 MiB and about 0.1 s. */
const COST = { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 64;
const SALT_BYTES = 16;

/** Hashes a password with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  return `${salt}:${(await derive(password, salt)).toString('hex')}`;
}

/** Compares without telling by its time where they differ. */
export async function verifyPassword(given: { hash: string; password: string }): Promise<boolean> {
  const [salt = '', key = ''] = given.hash.split(':');
  const stored = Buffer.from(key, 'hex');
  const derived = await derive(given.password, salt);
  return stored.length === derived.length && timingSafeEqual(stored, derived);
}

/** NFKC, so that a password typed on another keyboard is the same (NIST SP 800-63B, section 3.1.1.2). */
function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
