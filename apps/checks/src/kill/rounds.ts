import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient } from '../server/api-client.ts';
import { freePort } from '../server/free-port.ts';
import { startServer } from '../server/start-server.ts';
import { withServer } from '../server/with-server.ts';
import { Ledger } from './ledger.ts';
import { type Random, seededRandom } from './random.ts';
import { verify } from './verify.ts';
import { verifyAudit } from './verify-audit.ts';
import { prepareWorld, type World } from './world.ts';
import { writeUntilKilled } from './writer.ts';

const WRITERS = 6;
const KILL_AFTER_MS = { min: 20, max: 700 } as const;

/** What all rounds together found. */
export interface KillReport {
  readonly acknowledgedWrites: number;
  /** One sentence per acknowledged write that was not as acknowledged after a restart. */
  readonly problems: readonly string[];
}

interface Place {
  readonly dataDir: string;
  readonly port: number;
}

/** Lets several connections write and kills the server at a random moment of it. */
async function writeAndKill(place: Place, world: World, ledger: Ledger, random: Random): Promise<void> {
  const server = await startServer(place);
  const killed = new AbortController();
  const call = apiClient(server.url);
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    writeUntilKilled({ call, world, ledger, random: random.fork(), writer }, killed.signal),
  );
  await Promise.race([sleep(random.between(KILL_AFTER_MS.min, KILL_AFTER_MS.max)), ...writers]);
  killed.abort();
  await server.kill();
  await Promise.all(writers);
}

/**
 * Writes connectors and secrets from several connections, kills the server with SIGKILL, starts it again on the same
 * data and verifies what it had acknowledged, and that the audit log has it; `rounds` times.
 * @param print gets one line per round.
 */
export async function runKillRounds(rounds: number, seed: number, print: (line: string) => void): Promise<KillReport> {
  const place = { dataDir: mkdtempSync(join(tmpdir(), 'wardline-kill-')), port: await freePort() };
  const random = seededRandom(seed);
  const ledger = new Ledger();
  const problems: string[] = [];
  try {
    const world = await withServer(place, ({ url }) => prepareWorld(url));
    for (let round = 1; round <= rounds; round += 1) {
      const before = ledger.acknowledgedWrites;
      await writeAndKill(place, world, ledger, random);
      const found = await withServer(place, async ({ url }) => [
        ...(await verify(url, world, ledger)),
        ...(await verifyAudit(url, ledger)),
      ]);
      problems.push(...found.map((problem) => `round ${round}: ${problem}`));
      print(
        `round ${round}/${rounds}: ${ledger.acknowledgedWrites - before} acknowledged, ${found.length} not as acknowledged`,
      );
    }
    return { acknowledgedWrites: ledger.acknowledgedWrites, problems };
  } finally {
    rmSync(place.dataDir, { recursive: true, force: true });
  }
}
