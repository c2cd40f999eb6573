import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function logged(what: object): string {
  const lines: string[] = [];
  createLogger({ logLevel: 'info' }, { write: (line) => lines.push(line) }).info(what, 'a line');
  return lines.join('');
}

describe('the log', () => {
  it.each([
    { authorization: 'hush' },
    { headers: { authorization: 'hush', 'x-api-key': 'hush', cookie: 'hush' } },
    { req: { headers: { 'x-api-key': 'hush' } } },
    { body: { secret: { spec: { value: 'hush' } } } },
    { secret: { spec: { value: 'hush' } } },
    {
      task: { connection: { credential: { secretAccessKey: 'hush', accessKeyId: 'hush', webIdentityToken: 'hush' } } },
    },
    { config: { masterKey: 'hush', databaseUrl: 'postgres://u:hush@h/d' } },
  ])('never shows a secret field, however deep: %j', (what) => {
    const line = logged(what);
    expect(line).toContain('[redacted]');
    expect(line).not.toContain('hush');
  });
});
