import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8192;

// Not from Node's own pool of small Buffers: what is random here becomes keys.
const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
let position = POOL_BYTES;

/**
 * Fills `target` from the system's generator; returns it. A call to the generator costs more than most of a small
 * message, so the bytes of many messages are drawn at once. Each is handed out once and wiped from the pool.
 */
export function fillRandom(target: Buffer): Buffer {
  if (target.length > POOL_BYTES) return randomFillSync(target);
  if (target.length > POOL_BYTES - position) {
    randomFillSync(pool);
    position = 0;
  }
  const end = position + target.length;
  pool.copy(target, 0, position, end);
  pool.fill(0, position, end);
  position = end;
  return target;
}
