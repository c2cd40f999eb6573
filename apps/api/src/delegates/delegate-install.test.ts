import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DelegateInstall,
  delegateComposeFile,
  delegateDockerfile,
  delegateHelmValues,
  delegateInstallSchema,
  delegateManifest,
  INSTALL_WAYS,
  installSteps,
} from '@wardline/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };

/** What the committed examples are filled with. */
const EXAMPLE: DelegateInstall = delegateInstallSchema.parse({
  managerUrl: 'https://wardline.example.com',
  accountId: 'default',
  token: '<value of a delegate token>',
  name: 'my-delegate',
  tags: ['my-network'],
  replicas: 2,
  image: '<your-registry>/wardline-delegate:0.1.0',
  version: packageJson.version,
});

/** Any text without NUL, which neither an environment nor a file name can have. */
const hostile = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 24 }),
    fc.constantFrom(
      `'; touch /tmp/x; '`,
      '$(id)',
      '`id`',
      '"\n- evil: true',
      '$HOME',
      '$$',
      '{{ .Values.x }}',
      '# no comment',
      ': ',
      'yes',
      '0x1',
      '\\',
      '\u2028\u0085\ufeff',
      '!!binary x',
      'a,b"c',
    ),
  )
  .filter((text) => !text.includes('\0'));

/** As if nothing had been checked: the quoting has to stand by itself. */
const hostileInstall: fc.Arbitrary<DelegateInstall> = fc.record({
  managerUrl: hostile.map((text) => `https://${text}`),
  accountId: hostile,
  token: hostile,
  name: hostile,
  tags: fc.array(
    hostile.filter((tag) => !tag.includes(',')),
    { minLength: 1, maxLength: 3 },
  ),
  replicas: fc.integer({ min: 1, max: 100 }),
  image: hostile,
  version: hostile,
  caFile: hostile,
  proxy: hostile,
  noProxy: hostile,
});

const expectedEnvironment = (install: DelegateInstall, caFile: string | undefined) => ({
  ACCOUNT_ID: install.accountId,
  MANAGER_HOST_AND_PORT: install.managerUrl,
  DELEGATE_NAME: install.name,
  DELEGATE_TAGS: install.tags.join(','),
  DELEGATE_TOKEN: install.token,
  HTTPS_PROXY: install.proxy,
  NO_PROXY: install.noProxy,
  EXTRA_CA_FILES: caFile,
});

const CONTAINER_CA = '/etc/wardline/ca.pem';

interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: object;
  readonly readinessProbe: object;
}

interface Manifest {
  readonly kind: string;
  readonly stringData: Readonly<Record<string, string>>;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly spec: { readonly containers: readonly [Container]; readonly securityContext: object };
    };
  };
}

const manifests = (text: string): Manifest[] => parseAllDocuments(text).map((one) => one.toJS() as Manifest);

describe('a way to install a delegate gives the agent exactly the values that were entered', () => {
  it('as Kubernetes YAML', () => {
    fc.assert(
      fc.property(hostileInstall, (install) => {
        const [, secret, deployment] = manifests(delegateManifest(install));
        const [container] = deployment?.spec.template.spec.containers ?? [];
        const plain = Object.fromEntries(container?.env.map(({ name, value }) => [name, value]) ?? []);
        expect({ ...plain, ...secret?.stringData }).toEqual(expectedEnvironment(install, CONTAINER_CA));
        expect([container?.image, deployment?.metadata.name]).toEqual([install.image, install.name]);
      }),
    );
  });

  it('as a compose file, in which nothing is left to be a variable', () => {
    fc.assert(
      fc.property(hostileInstall, (install) => {
        const { services } = parse(delegateComposeFile(install));
        const { environment, volumes, image } = services.delegate;
        const values = [...Object.values<string>(environment), volumes[0].source, image];
        for (const value of values) expect(value.replaceAll('$$', '')).not.toContain('$');
        const read = Object.entries<string>(environment).map(([key, value]) => [key, value.replaceAll('$$', '$')]);
        expect(Object.fromEntries(read)).toEqual(expectedEnvironment(install, CONTAINER_CA));
        expect(volumes[0].source.replaceAll('$$', '$')).toBe(install.caFile);
      }),
    );
  });

  it('as values of the Helm chart', () => {
    fc.assert(
      fc.property(hostileInstall, (install) => {
        const values = parse(delegateHelmValues(install));
        expect(values).toMatchObject({
          delegateName: install.name,
          accountId: install.accountId,
          managerEndpoint: install.managerUrl,
          delegateToken: install.token,
          delegateDockerImage: install.image,
          tags: install.tags.join(','),
          custom_envs: [
            { name: 'HTTPS_PROXY', value: install.proxy },
            { name: 'NO_PROXY', value: install.noProxy },
            { name: 'EXTRA_CA_FILES', value: CONTAINER_CA },
          ],
        });
      }),
    );
  });

  describe('in a real shell', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'wardline-install-'));
      // In place of the programs: note how they were called, each value ended by NUL.
      const note =
        '#!/bin/sh\nprintf "%s\\0" "$@" > "$NOTES/$(basename "$0").arguments"\nenv -0 > "$NOTES/$(basename "$0").environment"\n';
      for (const program of ['curl', 'node', 'docker', 'kubectl', 'helm']) {
        writeFileSync(join(folder, program), note);
        chmodSync(join(folder, program), 0o755);
      }
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const run = (script: string): void => {
      execFileSync('/bin/sh', ['-eu', '-c', script], { env: { PATH: `${folder}:/usr/bin:/bin`, NOTES: folder } });
    };
    const noted = (name: string): string[] => readFileSync(join(folder, name), 'utf8').split('\0').slice(0, -1);
    const toRecord = (lines: readonly string[]) =>
      Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));

    it('as the environment of Node, with the agent fetched from Wardline', () => {
      fc.assert(
        fc.property(hostileInstall, (install) => {
          run(installSteps('node', install)[0]?.text ?? '');
          expect(toRecord(noted('node.environment'))).toMatchObject(expectedEnvironment(install, install.caFile));
          expect(noted('node.arguments')).toEqual(['delegate.mjs']);
          const url = `${install.managerUrl.replace(/\/+$/, '')}/api/delegates/delegate.mjs`;
          expect(noted('curl.arguments')).toEqual([
            '-fsSLO',
            '--cacert',
            install.caFile,
            '--proxy',
            install.proxy,
            '--noproxy',
            install.noProxy,
            url,
          ]);
        }),
        { numRuns: 40 },
      );
    });

    it('as arguments of docker run, without the token among them', () => {
      const token = fc.constant('the token');
      fc.assert(
        fc.property(hostileInstall, token, (values, secret) => {
          const install = { ...values, token: secret };
          run(installSteps('docker', install).at(-1)?.text ?? '');
          const given = noted('docker.arguments');
          const pairs = given.filter((_, index) => given[index - 1] === '-e' && given[index] !== 'DELEGATE_TOKEN');
          const { DELEGATE_TOKEN, ...others } = expectedEnvironment(install, CONTAINER_CA);
          expect(toRecord(pairs)).toEqual(others);
          expect(toRecord(noted('docker.environment'))).toMatchObject({ DELEGATE_TOKEN });
          expect(given.join(' ')).not.toContain(secret);
          expect(given.at(-1)).toBe(install.image);
        }),
        { numRuns: 40 },
      );
    });

    it.each(['kubernetes', 'helm'] as const)('as the file of a ConfigMap, by %s', (way) => {
      fc.assert(
        fc.property(hostileInstall, (install) => {
          run(installSteps(way, install).at(-1)?.text ?? '');
          expect(noted('kubectl.arguments').slice(-2)).toEqual([
            `${install.name}-ca`,
            `--from-file=ca.pem=${install.caFile}`,
          ]);
        }),
        { numRuns: 20 },
      );
    });

    it('ends where the agent is not the one that Wardline announced', () => {
      const script = installSteps('node', { ...EXAMPLE, sha256: '0'.repeat(64) })[0]?.text ?? '';
      writeFileSync(join(folder, 'delegate.mjs'), 'another file');
      expect(() => run(`cd '${folder}' && { ${script.trimEnd()} 2>/dev/null; } 2>/dev/null`)).toThrow();
    });
  });
});

describe('what is installed', () => {
  it('may do as little as Kubernetes can enforce, and says how it does on its health port', () => {
    const deployment = manifests(delegateManifest(EXAMPLE)).find(({ kind }) => kind === 'Deployment');
    expect(deployment?.spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          ports: [{ name: 'health', containerPort: 3460 }],
          readinessProbe: { httpGet: { path: '/api/health', port: 'health' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: { limits: { memory: '256Mi' } },
        },
      ],
    });
  });

  it('has its token nowhere but in the Secret', () => {
    const documents = delegateManifest(EXAMPLE).split('---\n');
    const withToken = documents.filter((text) => text.includes(EXAMPLE.token));
    expect(withToken.map((text) => parse(text).kind)).toEqual(['Secret']);
  });

  it.each(INSTALL_WAYS)('is told step by step by %s, without an unfilled value', (way) => {
    const steps = installSteps(way, EXAMPLE);
    expect(steps.length).toBeGreaterThan(0);
    for (const { text } of steps) expect(text).not.toMatch(/undefined|null|NaN/);
  });
});

describe('the committed examples', () => {
  const examples = {
    Dockerfile: delegateDockerfile(EXAMPLE),
    'compose.yaml': delegateComposeFile(EXAMPLE),
    'kubernetes.yaml': delegateManifest(EXAMPLE),
    'helm-values.yaml': delegateHelmValues(EXAMPLE),
  };
  it.each(Object.entries(examples))('are what the dialog makes: %s', (name, text) => {
    const path = new URL(`../../../delegate/${name}`, import.meta.url);
    if (process.env.UPDATE_EXAMPLES) writeFileSync(path, text);
    expect(readFileSync(path, 'utf8'), 'To renew them, run this test with UPDATE_EXAMPLES=1.').toBe(text);
  });
});
