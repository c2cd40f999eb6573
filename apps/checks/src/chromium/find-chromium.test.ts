import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findChromium } from './find-chromium.ts';

let folder: string;

/** A program that can be run, at a path below the folder. */
function program(path: string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, '#!/bin/sh\n');
  chmodSync(full, 0o755);
  return full;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wardline-chromium-'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('HOME', folder);
  vi.stubEnv('CHROMIUM_PATH', undefined);
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('CHROMIUM_PATH is used before anything else', () => {
  program('bin/chromium');
  const chosen = program('somewhere/browser');
  vi.stubEnv('CHROMIUM_PATH', chosen);
  expect(findChromium()).toBe(chosen);
});

it('a CHROMIUM_PATH that names nothing is an error, not a reason to take another browser', () => {
  program('bin/chromium');
  vi.stubEnv('CHROMIUM_PATH', join(folder, 'gone'));
  expect(findChromium).toThrow(/CHROMIUM_PATH is .*gone, which cannot be run/);
});

it.each(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])(
  '%s on the PATH is found',
  (name) => {
    const path = program(`bin/${name}`);
    expect(findChromium()).toBe(path);
  },
);

it.skipIf(process.platform !== 'linux')('the newest browser that Playwright downloaded is found', () => {
  program('.cache/ms-playwright/chromium-1100/chrome-linux/chrome');
  const newest = program('.cache/ms-playwright/chromium-1200/chrome-linux/chrome');
  expect(findChromium()).toBe(newest);
});

it.skipIf(process.platform === 'darwin')('without any there is none', () => {
  expect(findChromium()).toBeUndefined();
});
