import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { chainKey } from '../audit/chain.ts';
import { createStorage } from '../storage.ts';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import { WalFlush } from './wal-flush.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardline-flush-'));
const path = join(folder, 'log-wal');
let app: TestApp;
beforeAll(async () => {
  writeFileSync(path, 'a log');
  app = await startTestApp('sqlite');
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

/** Counts how often the disk is waited for, by any file of the process. */
async function spiedFlush() {
  const file = await open(path, 'r+');
  const spy = vi.spyOn(Object.getPrototypeOf(file), 'datasync');
  await file.close();
  return spy;
}

it('flushes once for all that asked before it began, and once more for those who came meanwhile', async () => {
  const flush = new WalFlush(path);
  const spy = await spiedFlush();
  const first = [flush.flush(), flush.flush(), flush.flush()];
  await Promise.resolve();
  await Promise.resolve();
  // By now the disk may have begun: whoever comes late can't rely on that flush.
  const late = [flush.flush(), flush.flush()];
  await Promise.all([...first, ...late]);
  expect(spy.mock.calls.length).toBeLessThanOrEqual(2);
  await flush.flush();
  expect(spy.mock.calls.length).toBeLessThanOrEqual(3);
  expect(spy.mock.calls.length).toBeGreaterThanOrEqual(2);
  spy.mockRestore();
  await flush.close();
});

it('tells everyone of a disk that fails, from then on', async () => {
  const flush = new WalFlush(path);
  const spy = await spiedFlush();
  spy.mockRejectedValueOnce(new Error('EIO'));
  const failed = await Promise.allSettled([flush.flush(), flush.flush()]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  // What the disk has lost does not come back with the next flush: nothing more is called durable.
  await expect(flush.flush()).rejects.toThrow('EIO');
  spy.mockRestore();
  await flush.close();
});

it('acknowledges no change and no record before what was committed is durable', async () => {
  const { database, deps } = app;
  let flushed = () => {};
  const gate = new Promise<void>((resolve) => {
    flushed = resolve;
  });
  const slow = { engine: database.engine, db: database.db, flush: () => gate };
  const storage = createStorage(slow, { key: chainKey(deps.masterKey), now: deps.now });
  const entry = { action: 'VERIFY', resource: { type: 'AUDIT', identifier: 'test' }, place: {} } as const;
  const acknowledged: string[] = [];
  const record = storage.record(systemActor('test'), entry).then(() => acknowledged.push('record'));
  const change = storage
    .change(systemActor('test'), async () => ({ result: undefined, audit: entry }))
    .then(() => acknowledged.push('change'));
  await expect
    .poll(() =>
      database.db.selectFrom('audit_events').select('seq').where('event', 'like', '%"identifier":"test"%').execute(),
    )
    .toHaveLength(2);
  expect(acknowledged).toEqual([]);
  flushed();
  await Promise.all([record, change]);
  expect(acknowledged.toSorted()).toEqual(['change', 'record']);
});

it('opens the log again after it could not', async () => {
  const later = join(folder, 'later-wal');
  const flush = new WalFlush(later);
  await expect(flush.flush()).rejects.toMatchObject({ code: 'ENOENT' });
  writeFileSync(later, 'a log');
  await expect(flush.flush()).resolves.toBeUndefined();
  await flush.close();
});
