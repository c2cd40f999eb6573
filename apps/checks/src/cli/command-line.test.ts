import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../repository-root.ts';
import { API_KEY, AS_ADMINISTRATOR } from '../server/api-key.ts';
import { withServer } from '../server/with-server.ts';
import { wardline } from './wardline.ts';

describe('the command line', () => {
  it('shows how every command is used, without a server', async () => {
    const words = [
      'login',
      'secrets set',
      'files get',
      'run',
      'render',
      'export',
      'open',
      'audit verify',
      'completion',
    ];
    const helps = await Promise.all(words.map((path) => wardline([...path.split(' '), '--help'])));
    for (const [index, { exitCode, out }] of helps.entries()) {
      expect(exitCode).toBe(0);
      expect(out).toContain(`wardline ${words[index]}`);
    }
    expect((await wardline(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 2 where it was not understood, as JSON where that is wanted', async () => {
    expect(await wardline(['secrets', 'lst'])).toMatchObject({ exitCode: 2, error: expect.stringContaining('lst') });
    const json = await wardline(['secrets', 'list', '--nothing', '--json']);
    expect(json.exitCode).toBe(2);
    expect(JSON.parse(json.error)).toEqual({ error: { message: expect.stringContaining('--nothing') }, exitCode: 2 });
  });

  it('is one file that needs nothing beside it', async () => {
    await wardline(['--version']);
    const folder = mkdtempSync(join(tmpdir(), 'wardline-one-file-'));
    try {
      copyFileSync(join(repositoryRoot, 'apps/cli/dist/cli.mjs'), join(folder, 'cli.mjs'));
      expect(
        execFileSync(process.execPath, ['cli.mjs', 'open', '--help'], { cwd: folder, encoding: 'utf8' }),
      ).toContain('wardline open');
      // What is beyond it would make V8 keep every character in two bytes.
      expect(readFileSync(join(folder, 'cli.mjs')).every((byte) => byte < 0x80)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('waits as long as a server with too many requests says, and asks again', async () => {
    await withServer({ env: { WARDLINE_RATE_LIMITS: 'reading=60' } }, async ({ url }) => {
      const ask = () => fetch(`${url}/api/whoami`, { headers: AS_ADMINISTRATOR });
      let refused = await ask();
      for (let count = 0; refused.status !== 429 && count < 200; count += 1) refused = await ask();
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      const { exitCode, error } = await wardline(['whoami'], { WARDLINE_URL: url, WARDLINE_API_KEY: API_KEY });
      expect([exitCode, error]).toEqual([0, '']);
    });
  });

  it('follows nobody to another address with its key', async () => {
    const { createServer } = await import('node:http');
    const other = createServer((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const { exitCode } = await wardline(['whoami'], { WARDLINE_URL: url, WARDLINE_API_KEY: API_KEY });
    other.close();
    expect(exitCode).toBe(3);
  });
});
