import { publishImage } from './docker.ts';
import {
  CONTAINER_CA,
  type DelegateInstall,
  delegateEnvironment,
  HEALTH_PORT,
  type InstallStep,
  NONROOT,
} from './install.ts';
import { indent, shellWord, yamlText } from './quoting.ts';

/** Where delegates live in a cluster. */
export const NAMESPACE = 'wardline';

/** What the chart and the manifest call the ConfigMap with the certificates. */
export const caConfigMap = ({ name }: DelegateInstall): string => `${name}-ca`;

/** A Namespace, a Secret with what is confidential, the Deployment, and who may talk to it: nobody but the probes. */
export function delegateManifest(install: DelegateInstall): string {
  return [namespace(), secret(install), deployment(install), networkPolicy(install)].join('---\n');
}

const document = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

const labels = ({ name }: DelegateInstall): string[] => [
  'app.kubernetes.io/name: wardline-delegate',
  `app.kubernetes.io/instance: ${yamlText(name)}`,
];

function namespace(): string {
  return document([
    'apiVersion: v1',
    'kind: Namespace',
    'metadata:',
    `  name: ${NAMESPACE}`,
    '  labels:',
    '    pod-security.kubernetes.io/enforce: restricted',
  ]);
}

function secret({ name, token, proxy }: DelegateInstall): string {
  return document([
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${yamlText(name)}`,
    `  namespace: ${NAMESPACE}`,
    'type: Opaque',
    'stringData:',
    `  DELEGATE_TOKEN: ${yamlText(token)}`,
    // The address of a proxy may have a password in it.
    ...(proxy ? [`  HTTPS_PROXY: ${yamlText(proxy)}`] : []),
  ]);
}

function deployment(install: DelegateInstall): string {
  const { name, replicas } = install;
  return document([
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    `  name: ${yamlText(name)}`,
    `  namespace: ${NAMESPACE}`,
    '  labels:',
    ...indent(labels(install), 4),
    'spec:',
    `  replicas: ${replicas}`,
    '  selector:',
    '    matchLabels:',
    ...indent(labels(install), 6),
    '  template:',
    '    metadata:',
    '      labels:',
    ...indent(labels(install), 8),
    '      annotations:',
    '        prometheus.io/scrape: "true"',
    `        prometheus.io/port: "${HEALTH_PORT}"`,
    '        prometheus.io/path: /api/metrics',
    '    spec:',
    '      automountServiceAccountToken: false',
    '      terminationGracePeriodSeconds: 30',
    '      securityContext:',
    '        runAsNonRoot: true',
    `        runAsUser: ${NONROOT}`,
    `        runAsGroup: ${NONROOT}`,
    '        seccompProfile:',
    '          type: RuntimeDefault',
    '      containers:',
    '        - name: delegate',
    ...indent(container(install), 10),
    ...(install.caFile
      ? [
          '      volumes:',
          '        - name: ca',
          '          configMap:',
          `            name: ${yamlText(caConfigMap(install))}`,
        ]
      : []),
  ]);
}

function container(install: DelegateInstall): string[] {
  const { caFile, image, name } = install;
  const environment = delegateEnvironment(install, caFile && CONTAINER_CA).filter(([key]) => key !== 'HTTPS_PROXY');
  return [
    `image: ${yamlText(image)}`,
    'ports:',
    '  - name: health',
    `    containerPort: ${HEALTH_PORT}`,
    'env:',
    ...environment.flatMap(([key, value]) => [`  - name: ${key}`, `    value: ${yamlText(value)}`]),
    'envFrom:',
    '  - secretRef:',
    `      name: ${yamlText(name)}`,
    'resources:',
    '  requests:',
    '    cpu: 50m',
    '    memory: 96Mi',
    '  limits:',
    '    memory: 256Mi',
    '# Ready is who is connected.',
    'readinessProbe:',
    '  httpGet:',
    '    path: /api/health',
    '    port: health',
    '  periodSeconds: 5',
    '# A delegate that cannot reach Wardline tries again by itself: only one that answers nothing is started anew.',
    'livenessProbe:',
    '  httpGet:',
    '    path: /api/metrics',
    '    port: health',
    '  periodSeconds: 20',
    '  timeoutSeconds: 5',
    'securityContext:',
    '  allowPrivilegeEscalation: false',
    '  readOnlyRootFilesystem: true',
    '  capabilities:',
    '    drop: [ALL]',
    ...(caFile
      ? ['volumeMounts:', '  - name: ca', `    mountPath: ${CONTAINER_CA}`, '    subPath: ca.pem', '    readOnly: true']
      : []),
  ];
}

function networkPolicy(install: DelegateInstall): string {
  return document([
    '# The delegate needs no open port. It dials out: to Wardline, to AWS (KMS, STS, and the identity of its host) and to DNS.',
    '# Narrow egress to those addresses where your network plug-in can; health and metrics stay reachable from the node.',
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata:',
    `  name: ${yamlText(install.name)}`,
    `  namespace: ${NAMESPACE}`,
    'spec:',
    '  podSelector:',
    '    matchLabels:',
    ...indent(labels(install), 6),
    '  policyTypes: [Ingress, Egress]',
    '  ingress:',
    '    - ports:',
    `        - port: ${HEALTH_PORT}`,
    '  egress:',
    '    - {}',
  ]);
}

/** Puts the file with the certificates into the cluster; nothing where there is none. */
export const createConfigMap = (install: DelegateInstall): string[] =>
  install.caFile
    ? [
        `kubectl -n ${NAMESPACE} create configmap ${shellWord(caConfigMap(install))} --from-file=${shellWord(`ca.pem=${install.caFile}`)}`,
      ]
    : [];

/** A Deployment in a cluster. */
export function installWithKubernetes(install: DelegateInstall): InstallStep[] {
  const commands = ['kubectl apply -f delegate.yaml', ...createConfigMap(install)];
  return [
    ...publishImage(install),
    { title: 'Save as delegate.yaml', text: delegateManifest(install), fileName: 'delegate.yaml' },
    { title: 'Apply it', text: `${commands.join(' &&\n')}\n` },
  ];
}
