import { runCommand } from '../suite/run-command.ts';
import { findChromium, findCommand } from './find-chromium.ts';

/** A browser to use, or what a person can do to have one. */
export type ChromiumResult =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing'; readonly whatToDo: string };

type Command = readonly [string, ...string[]];

/** One way to install a browser: commands in order, each of which must succeed. */
interface Installer {
  readonly program: string;
  readonly needsRoot: boolean;
  readonly commands: readonly Command[];
}

const INSTALLERS: readonly Installer[] = [
  {
    program: 'apt-get',
    needsRoot: true,
    commands: [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'chromium'],
    ],
  },
  { program: 'dnf', needsRoot: true, commands: [['dnf', 'install', '-y', 'chromium']] },
  { program: 'apk', needsRoot: true, commands: [['apk', 'add', '--no-cache', 'chromium']] },
  { program: 'brew', needsRoot: false, commands: [['brew', 'install', '--cask', 'chromium']] },
  { program: 'npx', needsRoot: false, commands: [['npx', '--no-install', 'playwright-core', 'install', 'chromium']] },
];

/** How to run a command as root without being asked for a password; undefined where that is not possible. */
async function rootPrefix(): Promise<readonly string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  if (!findCommand('sudo')) return undefined;
  return (await runCommand('sudo', ['-n', 'true'])) === 0 ? ['sudo', '-n'] : undefined;
}

async function install(installer: Installer): Promise<boolean> {
  const prefix = installer.needsRoot ? await rootPrefix() : [];
  if (!findCommand(installer.program) || prefix === undefined) return false;
  for (const command of installer.commands) {
    const [program = '', ...args] = [...prefix, ...command];
    process.stdout.write(`$ ${[program, ...args].join(' ')}\n`);
    if ((await runCommand(program, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } })) !== 0) return false;
  }
  return true;
}

/** Finds a Chromium-based browser, otherwise installs one, otherwise says what a person has to do. */
export async function ensureChromium(): Promise<ChromiumResult> {
  const present = findChromium();
  if (present) return { kind: 'found', path: present };
  for (const installer of INSTALLERS) {
    const path = (await install(installer)) ? findChromium() : undefined;
    if (path) return { kind: 'found', path };
  }
  return {
    kind: 'missing',
    whatToDo:
      'No Chromium was found, and none could be installed. Install one (Debian or Ubuntu: `sudo apt-get install chromium`; ' +
      'Fedora: `sudo dnf install chromium`; macOS: `brew install --cask chromium`; anywhere: `npx playwright-core install chromium`) ' +
      'and run the tests again, or set CHROMIUM_PATH to the program of a Chrome, Chromium or Edge that you have.',
  };
}
