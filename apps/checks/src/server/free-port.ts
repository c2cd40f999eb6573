import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what Linux (32768), macOS and Windows (49152) give to whoever asks for any port. */
const FIRST = 20_000;
const END = 32_768;
const ATTEMPTS = 50;

/**
 * A TCP port of the loopback address that nothing listens on, for whoever must know it before listening. The system
 * gives it to nobody meanwhile: one that it had chosen itself could go to the next who asks for any port.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST, END);
    const probe = createServer();
    try {
      await once(probe.listen(port, '127.0.0.1'), 'listening');
    } catch {
      continue;
    }
    await once(probe.close(), 'close');
    return port;
  }
  throw new Error(`${ATTEMPTS} ports between ${FIRST} and ${END} were tried, and none is free.`);
}
