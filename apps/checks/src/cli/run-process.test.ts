import { describe, expect, it } from 'vitest';
import { startWardline, wardline, wardlineInTerminal } from './wardline.ts';

const node = (script: string) => ['run', '--', process.execPath, '-e', script];

describe('wardline run', () => {
  it('passes the exit code on, and 128 and the number of a signal', async () => {
    expect((await wardline(node('process.exit(37)'))).exitCode).toBe(37);
    expect((await wardline(node('process.kill(process.pid, "SIGKILL")'))).exitCode).toBe(128 + 9);
    expect((await wardline(node('process.kill(process.pid, "SIGTERM")'))).exitCode).toBe(128 + 15);
  });

  it('says what cannot be run, with the codes of shells', async () => {
    const missing = await wardline(['run', '--', 'no-such-program-here']);
    expect([missing.exitCode, missing.error]).toEqual([127, expect.stringContaining('no-such-program-here')]);
    expect((await wardline(['run', '--', '/etc/passwd'])).exitCode).toBe(126);
    expect((await wardline(['run'])).exitCode).toBe(2);
    expect((await wardline(['run', '--secret', 'no reference', '--', 'true'])).exitCode).toBe(2);
  });

  it('passes the standard input and arguments on, those that look like its own too', async () => {
    const script = 'process.stdin.on("data", (d) => process.stdout.write(process.argv.slice(1).join() + d))';
    const { out } = await wardline(['run', process.execPath, '-e', script, '--', '--json', '--url'], {}, 'typed');
    expect(out).toBe('--json,--urltyped');
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)(
    'passes %s on, and ends as the command does',
    async (signal) => {
      const script = `process.on(${JSON.stringify(signal)}, () => { console.log('caught'); process.exit(9); });
      console.log('ready'); setInterval(() => {}, 1000);`;
      const { child, ended, wrote } = startWardline(node(script));
      await wrote('ready');
      child.kill(signal);
      const { out, exitCode } = await ended;
      expect(out).toBe('ready\ncaught\n');
      expect(exitCode).toBe(9);
    },
  );

  it('lets the terminal interrupt the command once', async () => {
    const script = `let count = 0; process.on('SIGINT', () => { count += 1; });
      setTimeout(() => { console.log('interrupts: ' + count); process.exit(4); }, 1500); console.log('ready');`;
    const { out, exitCode } = await wardlineInTerminal(node(script), { question: 'ready', typed: '\u0003' });
    expect(out).toContain('interrupts: 1');
    expect(exitCode).toBe(4);
  });

  it('does not give the API key to the command, unless it is told to, and then masks it', async () => {
    const script = 'console.log(process.env.WARDLINE_API_KEY, process.env.OTHER)';
    const env = { WARDLINE_API_KEY: 'sat.default.a.b', OTHER: 'kept' };
    expect((await wardline(node(script), env)).out).toBe('undefined kept\n');
    const kept = await wardline(['run', '--keep-api-key', '--', process.execPath, '-e', script], env);
    expect(kept.out).toBe('*** kept\n');
  });
});
