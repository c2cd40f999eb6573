import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { FILE_MAX_BYTES } from '@wardline/contracts';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import { withServer } from '../server/with-server.ts';
import { type Measurement, readable } from './measurement.ts';
import { residentMegabytes } from './start-up.ts';

const AT_ONCE = 50;
const SETTLE_MS = 3000;
const SAMPLE_MS = 20;
const PIECE = Buffer.alloc(64 * 1024, 'content of a file ');
const BOUNDARY = 'form-of-the-bench';

/** A form with a file of whole pieces, made as it is sent. */
function* form(identifier: string, bytes: number): Generator<Buffer | string> {
  const secret = { type: 'SecretFile', name: identifier, identifier, spec: {} };
  const head = (disposition: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`;
  yield `${head('name="spec"')}${JSON.stringify({ secret })}\r\n${head('name="file"; filename="bench"')}`;
  for (let sent = 0; sent < bytes; sent += PIECE.length) yield PIECE;
  yield `\r\n--${BOUNDARY}--\r\n`;
}

async function upload(url: string, identifier: string, bytes = FILE_MAX_BYTES): Promise<void> {
  const headers = { ...AS_ADMINISTRATOR, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const sending = request(`${url}/ng/api/v2/secrets/files`, { method: 'POST', headers });
  const answered = once(sending, 'response');
  await pipeline(Readable.from(form(identifier, bytes), { objectMode: false }), sending);
  const [answer] = (await answered) as [IncomingMessage];
  await answer.resume();
  if (answer.statusCode !== 200) throw new Error(`The upload of ${identifier} answered ${answer.statusCode}.`);
}

async function download(url: string, identifier: string, expected = FILE_MAX_BYTES): Promise<void> {
  const answer = await fetch(`${url}/api/secrets/files/${identifier}`, { headers: AS_ADMINISTRATOR });
  let bytes = 0;
  for await (const piece of answer.body ?? []) bytes += piece.length;
  if (bytes !== expected) throw new Error(`The download of ${identifier} had ${bytes} bytes.`);
}

/** How far the server's resident memory rises above what it was before, in MB, and how long the work takes. */
async function growth(pid: number, work: () => Promise<unknown>): Promise<{ megabytes: number; seconds: number }> {
  await sleep(SETTLE_MS);
  const idle = residentMegabytes(pid);
  let highest = idle;
  const sample = () => {
    highest = Math.max(highest, residentMegabytes(pid));
  };
  const timer = setInterval(sample, SAMPLE_MS);
  const start = performance.now();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - start) / 1000;
  sample();
  return { megabytes: highest - idle, seconds };
}

/** What passing files cost in memory: one of the largest size, then fifty at once, on the embedded database. */
export function measureFiles(): Promise<Measurement[]> {
  return withServer({ env: { WARDLINE_SIMULATOR: 'off' } }, async ({ url, pid }) => {
    const identifiers = Array.from({ length: AT_ONCE }, (_, n) => `bench_file_${n}`);
    const steps: readonly { name: string; budget?: number; work: () => Promise<unknown> }[] = [
      { name: 'one file of 10 MiB uploaded', budget: 20, work: () => upload(url, 'bench_file') },
      { name: 'the same downloaded', budget: 20, work: () => download(url, 'bench_file') },
      {
        name: `${AT_ONCE} of them uploaded at once`,
        work: () => Promise.all(identifiers.map((id) => upload(url, id))),
      },
      { name: `${AT_ONCE} downloaded at once`, work: () => Promise.all(identifiers.map((id) => download(url, id))) },
    ];
    // The code that takes part in it is loaded, as in any server that has run for a while.
    await upload(url, 'bench_small_file', PIECE.length);
    await download(url, 'bench_small_file', PIECE.length);
    const lines: Measurement[] = [];
    for (const { name, budget, work } of steps) {
      const { megabytes, seconds } = await growth(pid, work);
      const detail = `in ${readable(seconds)} s`;
      lines.push({
        name: `${name}: memory above idle`,
        value: megabytes,
        unit: 'MB',
        ...(budget && { budget }),
        detail,
      });
    }
    return lines;
  });
}
