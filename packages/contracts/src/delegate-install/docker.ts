import {
  CONTAINER_CA,
  type DelegateInstall,
  delegateEnvironment,
  HEALTH_PORT,
  type InstallStep,
  NONROOT,
} from './install.ts';
import { fetchAgent } from './node.ts';
import { composeText, dockerfileWord, indent, mountField, shellWord } from './quoting.ts';

/** The image without a shell or a package manager: Node, certificates, and the one file. */
export function delegateDockerfile({ version }: Pick<DelegateInstall, 'version'>): string {
  const check = `fetch('http://127.0.0.1:${HEALTH_PORT}/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;
  return `# Lies beside delegate.mjs: docker build -t wardline-delegate .
FROM gcr.io/distroless/nodejs22-debian12:nonroot
LABEL org.opencontainers.image.title="wardline-delegate"
LABEL org.opencontainers.image.version=${dockerfileWord(version)}
COPY delegate.mjs /app/delegate.mjs
USER ${NONROOT}:${NONROOT}
ENV NODE_ENV=production
EXPOSE ${HEALTH_PORT}
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s CMD ["/nodejs/bin/node", "-e", "${check}"]
ENTRYPOINT ["/nodejs/bin/node", "/app/delegate.mjs"]
`;
}

const dockerfile = (install: DelegateInstall): InstallStep => ({
  title: 'Save as Dockerfile',
  text: delegateDockerfile(install),
  fileName: 'Dockerfile',
});

const build = (install: DelegateInstall): string =>
  [...fetchAgent(install), `docker build -t ${shellWord(install.image)} .`].join(' &&\n');

/** A container on this host, which may write nothing and become nobody else. */
export function installWithDocker(install: DelegateInstall): InstallStep[] {
  const { caFile, image, name, token } = install;
  const mount = caFile && ['type=bind', `source=${caFile}`, `target=${CONTAINER_CA}`, 'readonly'].map(mountField);
  const run = [
    // By name only: the value is then in no argument list.
    `DELEGATE_TOKEN=${shellWord(token)} docker run -d --name ${shellWord(name)} --restart unless-stopped`,
    '--read-only --cap-drop ALL --security-opt no-new-privileges --memory 256m',
    ...(mount ? [`--mount ${shellWord(mount.join(','))}`] : []),
    '-e DELEGATE_TOKEN',
    ...delegateEnvironment(install, caFile && CONTAINER_CA).map(([key, value]) => `-e ${shellWord(`${key}=${value}`)}`),
    shellWord(image),
  ];
  return [
    dockerfile(install),
    {
      title: 'Beside it: fetch the agent, build the image, start it',
      text: `${build(install)} &&\n${run.join(' \\\n  ')}\n`,
    },
  ];
}

/** The same as a compose file. */
export function delegateComposeFile(install: DelegateInstall): string {
  const { caFile, image, name, replicas, token } = install;
  const environment = [...delegateEnvironment(install, caFile && CONTAINER_CA), ['DELEGATE_TOKEN', token] as const].map(
    ([key, value]) => `${key}: ${composeText(value)}`,
  );
  const volume = [
    'volumes:',
    '  - type: bind',
    `    source: ${composeText(caFile ?? '')}`,
    `    target: ${CONTAINER_CA}`,
    '    read_only: true',
  ];
  const service = [
    'build: .',
    `image: ${composeText(image)}`,
    'restart: unless-stopped',
    'read_only: true',
    'cap_drop: [ALL]',
    'security_opt: ["no-new-privileges:true"]',
    'mem_limit: 256m',
    'environment:',
    ...indent(environment, 2),
    ...(caFile ? volume : []),
    'deploy:',
    `  replicas: ${replicas}`,
  ];
  return `${[`name: ${composeText(name)}`, 'services:', '  delegate:', ...indent(service, 4)].join('\n')}\n`;
}

/** A compose project on this host. */
export function installWithCompose(install: DelegateInstall): InstallStep[] {
  return [
    dockerfile(install),
    { title: 'Save as compose.yaml', text: delegateComposeFile(install), fileName: 'compose.yaml' },
    {
      title: 'Beside them: fetch the agent and start it',
      text: `${[...fetchAgent(install), 'docker compose up -d --build'].join(' &&\n')}\n`,
    },
  ];
}

/** Fetches the agent, builds the image and puts it where a cluster can pull it. */
export const publishImage = (install: DelegateInstall): InstallStep[] => [
  dockerfile(install),
  {
    title: 'Beside it: fetch the agent, build the image, push it to your registry',
    text: `${build(install)} &&\ndocker push ${shellWord(install.image)}\n`,
  },
];
