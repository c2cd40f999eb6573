import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measurement, median, percentile, readable } from './measurement.ts';

const FLUSHES = 100;
/** About what SQLite adds to its log when it commits thirty events. */
const BYTES = 150_000;

/**
 * How long this machine takes to put something on its disk, which whoever waits for durability waits for. It has no
 * budget: it tells how much of the other figures is the disk's.
 */
export function measureDiskFlush(): Measurement {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-bench-'));
  const file = openSync(join(folder, 'flushed'), 'w');
  try {
    const bytes = Buffer.alloc(BYTES, 1);
    const times = Array.from({ length: FLUSHES }, () => {
      const start = performance.now();
      writeSync(file, bytes);
      fdatasyncSync(file);
      return performance.now() - start;
    });
    const detail = `p99 ${readable(percentile(times, 0.99))} ms, ${FLUSHES} times ${BYTES / 1000} kB`;
    return { name: 'writing to the disk and waiting for it, p50', value: median(times), unit: 'ms', detail };
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}
