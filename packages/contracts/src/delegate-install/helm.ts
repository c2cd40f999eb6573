import { publishImage } from './docker.ts';
import { CONTAINER_CA, type DelegateInstall, type InstallStep, NONROOT } from './install.ts';
import { caConfigMap, createConfigMap, NAMESPACE } from './kubernetes.ts';
import { shellWord, yamlText } from './quoting.ts';

/** Values for the chart that people run delegates with; it sets the same variables, and probes the same port. */
export function delegateHelmValues(install: DelegateInstall): string {
  const { accountId, caFile, image, managerUrl, name, noProxy, proxy, replicas, tags, token } = install;
  const extra = [
    ...(proxy ? [['HTTPS_PROXY', proxy] as const] : []),
    ...(noProxy ? [['NO_PROXY', noProxy] as const] : []),
    ...(caFile ? [['EXTRA_CA_FILES', CONTAINER_CA] as const] : []),
  ];
  return `${[
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
  ].join('\n')}\n`;
}

/** A release of the chart `harness-delegate-ng`. */
export function installWithHelm(install: DelegateInstall): InstallStep[] {
  const commands = [
    'helm repo add harness-delegate https://app.harness.io/storage/harness-download/delegate-helm-chart/',
    ...(install.caFile ? [`kubectl create namespace ${NAMESPACE}`, ...createConfigMap(install)] : []),
    `helm upgrade --install ${shellWord(install.name)} harness-delegate/harness-delegate-ng -n ${NAMESPACE} --create-namespace -f values.yaml`,
  ];
  return [
    ...publishImage(install),
    { title: 'Save as values.yaml', text: delegateHelmValues(install), fileName: 'values.yaml' },
    { title: 'Install the chart', text: `${commands.join(' &&\n')}\n` },
  ];
}
