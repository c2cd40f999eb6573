import { type Browser, chromium } from 'playwright-core';
import { ensureChromium } from './ensure-chromium.ts';

/** No sandbox (tests run as root in containers) and none of the requests that a browser makes for itself. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error that says how to install Chromium where there is none and none could be installed. */
export async function launchChromium(): Promise<Browser> {
  const found = await ensureChromium();
  if (found.kind === 'missing') throw new Error(found.whatToDo);
  return chromium.launch({ executablePath: found.path, args: ARGUMENTS, chromiumSandbox: false });
}
