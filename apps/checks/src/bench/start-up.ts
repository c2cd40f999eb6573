import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServerOptions, startServer } from '../server/start-server.ts';
import { type Measurement, median } from './measurement.ts';

const STARTS = 5;
const SETTLE_MS = 3000;

/** Resident memory of a process in MB (of 1,000,000 bytes), as `ps` tells it in KiB. */
export function residentMegabytes(pid: number): number {
  const output = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return (Number(output.trim()) * 1024) / 1_000_000;
}

async function startTimes(options: ServerOptions): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    const server = await startServer(options);
    times.push(server.readyAfterMs);
    await server.stop();
  }
  return times;
}

async function idleMemory(simulator: 'on' | 'off', dataDir: string): Promise<number> {
  // As in production: source maps, which the checks' servers have for their stack traces, take 10 MB.
  const command = [process.execPath, 'apps/api/dist/main.js'] as const;
  const server = await startServer({ dataDir, command, env: { WARDLINE_SIMULATOR: simulator } });
  await sleep(SETTLE_MS);
  const megabytes = residentMegabytes(server.pid);
  await server.stop();
  return megabytes;
}

/** From starting the process to its first healthy answer, on a data directory that exists, and memory while idle. */
export async function measureStartUp(): Promise<Measurement[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wardline-bench-'));
  try {
    await (await startServer({ dataDir })).stop();
    const command = await startTimes({ dataDir, command: ['npm', 'start'] });
    const server = await startTimes({ dataDir });
    const detail = `median of ${STARTS}`;
    return [
      { name: 'npm start to ready, built before', value: median(command) / 1000, unit: 's', budget: 2, detail },
      { name: 'server process to ready', value: median(server) / 1000, unit: 's', detail },
      { name: 'idle memory of the API process', value: await idleMemory('off', dataDir), unit: 'MB', budget: 150 },
      { name: 'the same with the simulator in it', value: await idleMemory('on', dataDir), unit: 'MB', budget: 150 },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
