import { describeProblem } from '../host/host-problem.ts';
import type { Evidence, Subject } from './evidence.ts';
import { command, retest, setting, shell } from './fixes.ts';
import { type FindingText, ofKind, type Rule } from './rule.ts';
import { capitalized, runnerName } from './subject.ts';

type HostFailure = NonNullable<ReturnType<typeof hostFailure>>;
const hostFailure = (evidence: Evidence) => ofKind(evidence, 'host');

const hostRule = (
  code: string,
  rows: readonly number[],
  build: (failure: HostFailure, subject: Subject) => FindingText | undefined,
): Rule => ({
  code,
  rows,
  find: (evidence) => {
    const failure = hostFailure(evidence);
    return failure ? build(failure, evidence.subject) : undefined;
  },
});

const ATTACH_ROLE = [
  'EC2: attach an instance profile',
  'ECS: set taskRoleArn in the task definition',
  'EKS: use EKS Pod Identity or an annotated service account (IRSA)',
].join('. ');

const instance = (subject: Subject, operation: string, rest: string): string =>
  `${shell`aws ec2 ${operation} --region ${subject.region} --instance-id INSTANCE_ID`} ${rest}`;

const otherDelegate = setting(
  'Delegates Setup',
  'Choose tags of a delegate that runs on AWS with a role, or use another credential type.',
);

const attachProfile = (subject: Subject) =>
  command(
    'Attach an instance profile',
    instance(subject, 'associate-iam-instance-profile', '--iam-instance-profile Name=INSTANCE_PROFILE_NAME'),
  );

/** A host that gives out no usable identity. */
export const HOST_RULES: readonly Rule[] = [
  hostRule('imds-hop-limit', [43], ({ problem }, subject) =>
    problem.kind === 'hop-limit'
      ? {
          title: 'The instance metadata does not reach this container',
          explanation: `Metadata answers ${runnerName(subject)}, but the answer to its token request gets lost: its hop limit is 1, and a container is one hop further away.`,
          fixes: [
            command(
              'Raise the hop limit to 2',
              instance(subject, 'modify-instance-metadata-options', '--http-put-response-hop-limit 2'),
            ),
            setting('Delegates Setup', `Or give the container a role of its own. ${ATTACH_ROLE}.`),
          ],
        }
      : undefined,
  ),
  hostRule('imds-no-role', [44], ({ problem }, subject) =>
    problem.kind === 'refused' && problem.step !== 'token' && problem.httpStatus === 404
      ? {
          title: 'The host has no role',
          explanation: `Instance metadata answers ${runnerName(subject)}, but no instance profile is attached, so there is no role to use.`,
          fixes: [attachProfile(subject), otherDelegate],
        }
      : undefined,
  ),
  hostRule('imds-disabled', [42], ({ source, problem }, subject) => {
    const runner = runnerName(subject);
    if (problem.kind === 'disabled') {
      return {
        title: 'Instance metadata is switched off on the host',
        explanation: `${problem.variable} is set to true for ${runner}, and no other source of a host identity is configured there.`,
        fixes: [
          setting(
            'Delegates Setup',
            `Unset ${problem.variable} on the host, or give it a role otherwise. ${ATTACH_ROLE}.`,
          ),
        ],
      };
    }
    // EC2 answers with this status where the metadata of an instance is disabled.
    if (source !== 'instance-metadata' || problem.kind !== 'refused' || problem.httpStatus !== 403) return undefined;
    return {
      title: 'Instance metadata is switched off for this instance',
      explanation: `The ${problem.step} request of ${runner} is answered with HTTP 403. No other source of a host identity is configured there.`,
      fixes: [
        command(
          'Switch instance metadata on',
          instance(subject, 'modify-instance-metadata-options', '--http-endpoint enabled'),
        ),
        setting('Delegates Setup', `Or give the host a role otherwise. ${ATTACH_ROLE}.`),
      ],
    };
  }),
  hostRule('host-credentials-expired', [3], ({ source, problem }, subject) =>
    problem.kind === 'expired'
      ? {
          title: 'The host hands out credentials that have expired',
          explanation: `The credentials given to ${runnerName(subject)} expired at ${problem.at}. Either the service that renews them is stuck, or the clock of the host is wrong. Expired credentials are never used.`,
          fixes: [
            command('Look at the clock of the host', 'timedatectl status'),
            ...(source === 'container'
              ? [command('On ECS, restart the agent that renews them', 'sudo systemctl restart ecs')]
              : []),
            retest('AWS renews the credentials of a host before they end.'),
          ],
        }
      : undefined,
  ),
  hostRule('web-identity-token-unreadable', [42], ({ problem }, subject) =>
    problem.kind === 'unreadable-file'
      ? {
          title: 'A token file that the host announces cannot be read',
          explanation: `The environment of ${runnerName(subject)} names ${problem.path}, which cannot be read (${problem.code}).`,
          fixes: [
            command('See what is mounted', shell`ls -l ${problem.path}`),
            setting(
              'Delegates Setup',
              'Mount the token into the container, and let the process that runs the delegate read it.',
            ),
          ],
        }
      : undefined,
  ),
  hostRule('container-credentials-failed', [42], ({ source, problem }, subject) =>
    source === 'container'
      ? {
          title: 'The container endpoint gave no credentials',
          explanation: `ECS or EKS announces an endpoint in the environment of ${runnerName(subject)}, but it ${
            problem.kind === 'refused'
              ? `answered with HTTP ${problem.httpStatus}; 401 and 403 mean that the authorization token does not match`
              : `could not be used: ${describeProblem(problem)}`
          }. Wardline does not fall back to the role of the machine beneath, which may hold other permissions.`,
          fixes: [
            command('See what is announced', 'env | grep ^AWS_CONTAINER_ | sed "s/TOKEN=.*/TOKEN=(set)/"'),
            setting('Delegates Setup', 'Check the role of the task or pod.'),
          ],
        }
      : undefined,
  ),
  hostRule('imds-unusable', [42], ({ source, problem }, subject) =>
    source === 'instance-metadata' && (problem.kind === 'refused' || problem.kind === 'malformed')
      ? {
          title: 'The instance metadata does not come from AWS',
          explanation: `${capitalized(runnerName(subject))} asked for the role of the host: ${describeProblem(problem)}. Other clouds and proxies answer at the same address.`,
          fixes: [
            command(
              'See what answers on the host',
              'curl -si -X PUT --max-time 2 -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token | head -1',
            ),
            otherDelegate,
          ],
        }
      : undefined,
  ),
  hostRule('no-host-identity', [42], (_, subject) => ({
    title: 'The host has no AWS identity',
    explanation: `Nothing on ${runnerName(subject)} gives it a role: no web identity token, no container credentials, and instance metadata does not answer. Access keys in the environment or in a profile are not used, because the connector asks for the role of the host.`,
    fixes: [setting('Delegates Setup', `Give the host a role. ${ATTACH_ROLE}.`), attachProfile(subject), otherDelegate],
  })),
];
