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

const NAMESPACE = 'wardline';

/** What the chart and the manifest call the ConfigMap with the certificates. */
const caConfigMap = ({ name }: DelegateInstall): string => `${name}-ca`;

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

const createConfigMap = (install: DelegateInstall, namespaceName: string): string[] =>
  install.caFile
    ? [
        `kubectl -n ${namespaceName} create configmap ${shellWord(caConfigMap(install))} --from-file=${shellWord(`ca.pem=${install.caFile}`)}`,
      ]
    : [];

/** A Deployment in a cluster. */
export function installWithKubernetes(install: DelegateInstall): InstallStep[] {
  const commands = ['kubectl apply -f delegate.yaml', ...createConfigMap(install, NAMESPACE)];
  return [
    ...publishImage(install),
    { title: 'Save as delegate.yaml', text: delegateManifest(install), fileName: 'delegate.yaml' },
    { title: 'Apply it', text: `${commands.join(' &&\n')}\n` },
  ];
}

/** Values for the chart that people run delegates with; it sets the same variables, and probes the same port. */
export function delegateHelmValues(install: DelegateInstall): string {
  const { accountId, caFile, image, managerUrl, name, proxy, replicas, tags, token } = install;
  const extra = [
    ...(proxy ? [['HTTPS_PROXY', proxy] as const] : []),
    ...(caFile ? [['EXTRA_CA_FILES', CONTAINER_CA] as const] : []),
  ];
  return document([
    `delegateName: ${yamlText(name)}`,
    `accountId: ${yamlText(accountId)}`,
    `managerEndpoint: ${yamlText(managerUrl)}`,
    `delegateToken: ${yamlText(token)}`,
    `delegateDockerImage: ${yamlText(image)}`,
    `tags: ${yamlText(tags.join(','))}`,
    `replicas: ${replicas}`,
    'cpu: 0.05',
    'memory: 256',
    '# The image is yours to renew, and the delegate asks nothing of the cluster: the role does not exist, on purpose.',
    'upgrader:',
    '  enabled: false',
    'k8sPermissionsType: no-permissions',
    'minReadySeconds: 0',
    '# A delegate that cannot reach Wardline tries again by itself; it is started anew after ten minutes.',
    'livenessProbe:',
    '  initialDelaySeconds: 30',
    '  periodSeconds: 20',
    '  failureThreshold: 30',
    'delegatePodSecurityContext:',
    '  runAsNonRoot: true',
    `  runAsUser: ${NONROOT}`,
    `  runAsGroup: ${NONROOT}`,
    '  seccompProfile:',
    '    type: RuntimeDefault',
    'delegateSecurityContext:',
    '  allowPrivilegeEscalation: false',
    '  readOnlyRootFilesystem: true',
    `  runAsUser: ${NONROOT}`,
    '  capabilities:',
    '    drop: [ALL]',
    ...(extra.length > 0 ? ['custom_envs:'] : []),
    ...extra.flatMap(([key, value]) => [`  - name: ${key}`, `    value: ${yamlText(value)}`]),
    ...(caFile
      ? [
          'custom_mounts:',
          '  - name: wardline-ca',
          `    mountPath: ${CONTAINER_CA}`,
          '    subPath: ca.pem',
          '    readOnly: true',
          'custom_volumes:',
          '  - name: wardline-ca',
          '    configMap:',
          `      name: ${yamlText(caConfigMap(install))}`,
        ]
      : []),
  ]);
}

/** A release of the chart `harness-delegate-ng`. */
export function installWithHelm(install: DelegateInstall): InstallStep[] {
  const commands = [
    'helm repo add harness-delegate https://app.harness.io/storage/harness-download/delegate-helm-chart/',
    ...(install.caFile ? [`kubectl create namespace ${NAMESPACE}`, ...createConfigMap(install, NAMESPACE)] : []),
    `helm upgrade --install ${shellWord(install.name)} harness-delegate/harness-delegate-ng -n ${NAMESPACE} --create-namespace -f values.yaml`,
  ];
  return [
    ...publishImage(install),
    { title: 'Save as values.yaml', text: delegateHelmValues(install), fileName: 'values.yaml' },
    { title: 'Install the chart', text: `${commands.join(' &&\n')}\n` },
  ];
}
