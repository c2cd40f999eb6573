import type { Fix } from '@wardline/contracts';
import type { CallFailure } from '../clients/failure.ts';
import type { Evidence, Subject } from './evidence.ts';
import { command, retest, setting, shell } from './fixes.ts';
import { type FindingText, ofKind, type Rule, serviceOf } from './rule.ts';
import { capitalized, endpointService, runnerName, urlOf } from './subject.ts';

interface Reach {
  readonly subject: Subject;
  readonly service: 'kms' | 'sts';
  /** The address that was called, as far as it is known. */
  readonly url: string;
}

function reachOf(failure: CallFailure, subject: Subject): Reach {
  const service = serviceOf(failure.operation);
  return { subject, service, url: urlOf(subject, service) };
}

/** The SDK ignores proxy variables, which people find out only from a connection that hangs; a delegate goes by them. */
function proxyNote({ proxy }: Subject): string {
  if (!proxy) return '';
  return proxy.isUsed
    ? ` ${proxy.variable} is set on this host: requests go through that proxy, unless NO_PROXY names the address.`
    : ` ${proxy.variable} is set on this host, but the AWS SDK ignores proxy variables: requests go straight to AWS.`;
}

const vpcEndpoint = ({ subject, service }: Reach): Fix =>
  command(
    `In a VPC without internet, create an endpoint for ${service.toUpperCase()} with private DNS`,
    shell`aws ec2 create-vpc-endpoint --region ${subject.region} --vpc-endpoint-type Interface --service-name ${endpointService(subject.region, service)} --private-dns-enabled --vpc-id VPC_ID --subnet-ids SUBNET_ID --security-group-ids SECURITY_GROUP_ID`,
  );

const tryIt = ({ url }: Reach): Fix => command('Try it on the host', shell`curl -sv --max-time 10 ${url}`);
const endpointSetting = (reach: Reach): Fix =>
  setting(
    'Region',
    `Check the region; and if WARDLINE_AWS_ENDPOINTS or AWS_ENDPOINT_URL is set, the address ${reach.url}.`,
  );

const networkRule = (
  code: string,
  rows: readonly number[],
  codes: RegExp,
  build: (reach: Reach, failure: { code: string; detail: string }) => FindingText,
): Rule => ({
  code,
  rows,
  find: (evidence) => {
    const failure = ofKind(evidence, 'network');
    return failure && codes.test(failure.code) ? build(reachOf(failure, evidence.subject), failure) : undefined;
  },
});

/** The way to AWS: DNS, TCP, TLS, and what stands between. */
export const NETWORK_RULES: readonly Rule[] = [
  networkRule('dns', [47], /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/, (reach) => ({
    title: 'The name of the AWS endpoint cannot be resolved',
    explanation: `DNS on ${runnerName(reach.subject)} has no address for ${hostName(reach.url)}: the region does not exist, or name resolution does not work there.${proxyNote(reach.subject)}`,
    fixes: [
      command('Try it on the host', shell`nslookup ${hostName(reach.url)}`),
      vpcEndpoint(reach),
      endpointSetting(reach),
    ],
  })),
  networkRule('connection-refused', [47], /^ECONNREFUSED$/, (reach) => ({
    title: 'The connection to AWS was refused',
    explanation: `Nothing listens at ${reach.url}, or a firewall turns ${runnerName(reach.subject)} away.${proxyNote(reach.subject)}`,
    fixes: [tryIt(reach), endpointSetting(reach), vpcEndpoint(reach)],
  })),
  networkRule('no-route', [47], /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/, (reach) => ({
    title: 'There is no route from this host to AWS',
    explanation: `${capitalized(runnerName(reach.subject))} has no route to ${reach.url}.${proxyNote(reach.subject)}`,
    fixes: [vpcEndpoint(reach), tryIt(reach)],
  })),
  networkRule('tls-name-mismatch', [48], /^ERR_TLS_CERT_ALTNAME_INVALID$/, (reach) => ({
    title: 'The certificate is for another name',
    explanation: `What answers at ${reach.url} shows a certificate that is not for this name: an endpoint without private DNS, or something between here and AWS.`,
    fixes: [
      command(
        'See the certificate',
        shell`openssl s_client -connect ${hostAndPort(reach.url)} </dev/null | openssl x509 -noout -subject -issuer -ext subjectAltName`,
      ),
      endpointSetting(reach),
    ],
  })),
  networkRule(
    'tls-untrusted',
    [48],
    /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO|INVALID_CA)$/,
    (reach, { code }) => ({
      title: 'The connection to AWS is intercepted, or its certificate is not trusted',
      explanation: `TLS to ${reach.url} failed with ${code}. Usually a company proxy opens the connection and signs with its own authority, which Node.js on ${runnerName(reach.subject)} does not know.`,
      fixes: [
        command(
          'Trust the authority of the proxy (set it before the process starts)',
          'export NODE_EXTRA_CA_CERTS=/path/to/company-ca.pem',
        ),
        command(
          'See who signed the certificate',
          shell`openssl s_client -connect ${hostAndPort(reach.url)} </dev/null | openssl x509 -noout -subject -issuer`,
        ),
        setting(
          'Delegates Setup',
          'Or exempt the AWS endpoints from interception, or use a delegate in another network.',
        ),
      ],
    }),
  ),
  networkRule('connection-broken', [47], /^(ECONNRESET|EPIPE|TRUNCATED|ECONNABORTED|UND_ERR_SOCKET)$/, (reach) => ({
    title: 'The connection broke before the answer was complete',
    explanation: `The connection from ${runnerName(reach.subject)} to ${reach.url} was cut: a firewall, a proxy or a load balancer on the way.${proxyNote(reach.subject)}`,
    fixes: [tryIt(reach), vpcEndpoint(reach), retest('A broken connection can be a passing fault.')],
  })),
  {
    code: 'timeout',
    rows: [47],
    find: (evidence) => {
      const failure = ofKind(evidence, 'timeout');
      if (!failure) return undefined;
      const reach = reachOf(failure, evidence.subject);
      const waited = failure.phase === 'connect' ? 'No connection came about' : 'No answer came';
      return {
        title: 'AWS does not answer',
        explanation: `${waited} within ${failure.afterMs / 1000} s from ${runnerName(reach.subject)} to ${reach.url}. A firewall or security group that drops packets looks like this.${proxyNote(reach.subject)}`,
        fixes: [tryIt(reach), vpcEndpoint(reach), endpointSetting(reach)],
      };
    },
  },
  {
    code: 'proxy-authentication',
    rows: [49],
    find: (evidence) => foreign(evidence, (status) => status === 407, 'A proxy asks for a login'),
  },
  {
    code: 'not-aws',
    rows: [49],
    find: (evidence) => foreign(evidence, () => true, 'The answer did not come from AWS'),
  },
];

function foreign(
  evidence: Evidence,
  statusMatches: (status: number) => boolean,
  title: string,
): FindingText | undefined {
  const failure = ofKind(evidence, 'foreign');
  if (!failure || !statusMatches(failure.httpStatus)) return undefined;
  const reach = reachOf(failure, evidence.subject);
  return {
    title,
    explanation: `${reach.url} answered ${failure.operation} with HTTP ${failure.httpStatus} and a body that AWS does not send (${failure.detail}). A proxy, a captive portal or a wrong endpoint does that.${proxyNote(reach.subject)}`,
    fixes: [
      tryIt(reach),
      endpointSetting(reach),
      setting('Delegates Setup', 'Or use a delegate whose network reaches AWS without a proxy.'),
    ],
  };
}

const hostName = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

function hostAndPort(url: string): string {
  const port = URL.canParse(url) ? new URL(url).port : '';
  return `${hostName(url)}:${port || '443'}`;
}
