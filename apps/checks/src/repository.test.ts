import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import { isSource, readRepositoryFile, repositoryFiles } from './repository/files.ts';
import { importProblem, importsOf } from './repository/import-rules.ts';
import { secretsIn } from './repository/secret-patterns.ts';

const files = repositoryFiles();
const sources = files.filter(isSource);

const TOP_LEVEL = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'README.md', 'LICENSE'];
const TOP_FOLDERS = ['apps', 'packages'];
const MAX_LINES = 250;

/** Package name → folder, as the package.json files say. */
const workspaceNames = new Map(
  files
    .filter((path) => /^(apps|packages)\/[^/]+\/package\.json$/.test(path))
    .map((path) => [
      (JSON.parse(readRepositoryFile(path)) as { name: string }).name,
      path.replace('/package.json', ''),
    ]),
);

describe('the repository', () => {
  it('has at its top only what the house plan lists', () => {
    const top = new Set(files.map((path) => path.split('/')[0] ?? ''));
    const strangers = [...top].filter(
      (name) => !name.startsWith('.') && !TOP_LEVEL.includes(name) && !TOP_FOLDERS.includes(name),
    );
    expectNone(strangers, 'Move these into an app or a package; the top level is a map, not a shelf.');
    const missing = [...TOP_LEVEL, ...TOP_FOLDERS, '.ci', '.github'].filter((name) => !top.has(name));
    expectNone(missing, 'The house plan needs these; restore them.');
  });

  it('has only workspaces that belong to the house', () => {
    const folders = [...workspaceNames.values()].toSorted();
    const allowed =
      /^(apps\/(api|checks|cli|delegate|web)|packages\/(aws-kms|aws-simulator|contracts|delegate-protocol|envelope|http-agent))$/;
    expectNone(
      folders.filter((folder) => !allowed.test(folder)),
      'A new workspace needs a place in the plan: add it to the design and here.',
    );
  });

  it('imports in one direction: contracts, then packages, then apps', () => {
    const problems = sources.flatMap((path) =>
      importsOf(readRepositoryFile(path)).flatMap((specifier) => importProblem(path, specifier, workspaceNames) ?? []),
    );
    expectNone(problems, 'Imports against the direction:');
  });

  it('takes no package from an address that only one machine can reach', () => {
    const lines = readRepositoryFile('package-lock.json').split('\n');
    const withAddress = lines.flatMap((line, index) =>
      /"resolved": "(https?|git|file):/.test(line) ? [`line ${index + 1}`] : [],
    );
    expectNone(
      withAddress,
      'package-lock.json names download addresses. Keep omit-lockfile-registry-resolved=true in .npmrc and run `npm install --package-lock-only`.',
    );
  });

  it(`has no source file of more than ${MAX_LINES} lines`, () => {
    const long = sources
      .filter((path) => !/\.test\.tsx?$/.test(path))
      .map((path) => ({ path, lines: readRepositoryFile(path).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ path, lines }) => `${path}: ${lines} lines`);
    expectNone(long, 'A file this long tells two stories: give the second one its own file.');
  });

  it('contains nothing that looks like a credential', () => {
    const found = files.flatMap((path) => secretsIn(readRepositoryFile(path)).map((what) => `${path}: ${what}`));
    expectNone(
      found,
      'If it is real, revoke it now: history keeps it. In tests and examples, generate it at run time instead.',
    );
  });
});

describe('the rules of the repository', () => {
  const names = new Map([
    ['@wardline/contracts', 'packages/contracts'],
    ['@wardline/envelope', 'packages/envelope'],
    ['@wardline/aws-kms', 'packages/aws-kms'],
    ['@wardline/api', 'apps/api'],
  ]);

  it.each([
    ['packages/contracts/src/a.ts', '@wardline/envelope'],
    ['packages/envelope/src/a.ts', '@wardline/aws-kms'],
    ['packages/envelope/src/a.ts', '@wardline/api/app'],
    ['apps/web/src/a.ts', '@wardline/api'],
    ['apps/web/src/a.ts', '../../api/src/app.ts'],
    ['packages/envelope/src/a.ts', '../../contracts/src/index.ts'],
  ])('refuse that %s imports %s', (path, specifier) => {
    expect(importProblem(path, specifier, names)).toContain(specifier);
  });

  it.each([
    ['apps/api/src/a.ts', '@wardline/envelope'],
    ['packages/aws-kms/src/a.ts', '@wardline/contracts'],
    ['packages/aws-kms/src/a.test.ts', '@wardline/envelope'],
    ['packages/aws-kms/src/a.ts', './b.ts'],
    ['packages/aws-kms/src/a.ts', 'zod'],
  ])('allow that %s imports %s', (path, specifier) => {
    expect(importProblem(path, specifier, names)).toBeUndefined();
  });

  it('see every form of import', () => {
    const source = `import 'a';\nimport b from 'b';\nimport {\n  c,\n} from 'c';\nexport * from 'd';\nawait import('e');\nimport type { F } from 'f';`;
    expect(importsOf(source)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('recognise credentials', () => {
    const letters = Array.from({ length: 16 }, (_, index) => String.fromCharCode(65 + index)).join('');
    const { privateKey } = generateKeyPairSync('ed25519');
    const secret = randomBytes(30).toString('base64');
    expect(secretsIn(`ok\nid = AKIA${letters}`)).toEqual(['an AWS access key ID in line 2']);
    expect(secretsIn(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toEqual([
      'a private key in line 1',
    ]);
    expect(secretsIn(`aws_secret_access_key = ${secret}`)).toEqual(['an AWS secret access key in line 1']);
    expect(secretsIn('accessKeyId: AKIA…, secretAccessKey: "…"')).toEqual([]);
  });
});
