import { type Fix, parseRoleArn } from '@wardline/contracts';
import { oidcProviderArn, oidcTrustPolicy } from '../policies/index.ts';
import type { Evidence } from './evidence.ts';
import { command, retest, setting, shell } from './fixes.ts';
import { KEEP } from './policy-fixes.ts';
import { answerOf, type FindingText, operationOf, type Rule, WEB_IDENTITY } from './rule.ts';
import { configuredRole } from './subject.ts';

/** The role that the token is for: the connector's, unless the host exchanged a token of its own for its own role. */
const roleOf = ({ subject }: Evidence): string | undefined => subject.mounted?.roleArn ?? configuredRole(subject);

/** What the token claims and where IAM keeps the matching provider; unknown claims leave placeholders. */
function trustOf(evidence: Evidence) {
  const { credential, partition, mounted } = evidence.subject;
  const claims = mounted ? mounted.claims : credential.type === 'OidcAuthentication' ? credential.claims : undefined;
  const account = parseRoleArn(roleOf(evidence) ?? '')?.account;
  return { issuer: claims?.issuer, audience: claims?.audience, subject: claims?.subject, partition, account };
}

const rule = (
  code: string,
  row: number,
  names: readonly string[],
  fragment: RegExp,
  build: (evidence: Evidence) => FindingText,
): Rule => ({
  code,
  rows: [row],
  find: (evidence) =>
    operationOf(evidence) === WEB_IDENTITY && answerOf(evidence, names, fragment) ? build(evidence) : undefined,
});

const INVALID_TOKEN = ['InvalidIdentityTokenException', 'InvalidIdentityToken'];

const again = ({ subject }: Evidence): Fix =>
  retest(
    subject.mounted
      ? 'Every test reads the token file of the host, which Kubernetes replaces before it expires.'
      : 'Every test signs a new token.',
  );

/** Where the role that the token is for is set: on the host, for a mounted token. */
const roleSetting = ({ subject }: Evidence): Fix =>
  subject.mounted
    ? setting('Delegates Setup', 'Check AWS_ROLE_ARN on the host (the annotation of the service account).')
    : setting('IAM Role', 'Check that the ARN is that of the role you mean.');

const publicDiscovery = (evidence: Evidence) => {
  const issuer = trustOf(evidence).issuer ?? 'https://ISSUER_HOST';
  return command(
    'See from outside your network what AWS would see',
    shell`curl -fsS ${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
  );
};

/** Refusals of sts:AssumeRoleWithWebIdentity. */
export const WEB_IDENTITY_RULES: readonly Rule[] = [
  rule('oidc-provider-missing', 35, INVALID_TOKEN, /No OpenIDConnect provider/i, (evidence) => {
    const trust = trustOf(evidence);
    const issuer = trust.issuer ?? 'https://ISSUER_HOST';
    return {
      title: 'The account does not know this token issuer',
      explanation: `${trust.account ? `Account ${trust.account}` : 'The account of the role'} has no OIDC identity provider for ${issuer}. The URL must match exactly, a slash at its end included.`,
      fixes: [
        command(
          'Create the identity provider',
          shell`aws iam create-open-id-connect-provider --region ${evidence.subject.region} --url ${issuer} --client-id-list ${trust.audience ?? 'AUDIENCE'}`,
          oidcProviderArn(trust),
        ),
      ],
    };
  }),
  rule('oidc-audience', 36, INVALID_TOKEN, /audience/i, (evidence) => {
    const trust = trustOf(evidence);
    const audience = trust.audience ?? 'AUDIENCE';
    return {
      title: 'The identity provider does not accept this audience',
      explanation: `The token's audience (aud) is “${audience}”, which is not in the client IDs of the provider in IAM.`,
      fixes: [
        command(
          'Add the audience to the provider',
          shell`aws iam add-client-id-to-open-id-connect-provider --region ${evidence.subject.region} --open-id-connect-provider-arn ${oidcProviderArn(trust)} --client-id ${audience}`,
          oidcProviderArn(trust),
        ),
      ],
    };
  }),
  rule(
    'oidc-keys-unreachable',
    39,
    INVALID_TOKEN,
    /verification key|JWKS|openid-configuration|retrieve/i,
    (evidence) => ({
      title: 'AWS cannot fetch the keys of the token issuer',
      explanation:
        'To check a token, AWS itself fetches the discovery document and the keys of the issuer over the internet. They must be reachable without a login, with a certificate of a public authority.',
      fixes: [
        publicDiscovery(evidence),
        ...(evidence.subject.mounted
          ? []
          : [
              setting(
                'IAM Role',
                'Set WARDLINE_PUBLIC_URL to the https address under which AWS reaches this server, then create the identity provider for it.',
              ),
            ]),
      ],
    }),
  ),
  rule('oidc-token-refused', 40, INVALID_TOKEN, /^/, (evidence) => ({
    title: 'AWS refuses the token',
    explanation:
      'The token is not well formed for AWS, or its signature does not match the keys that the issuer publishes, for example after the keys were replaced.',
    fixes: [publicDiscovery(evidence), again(evidence)],
  })),
  rule('oidc-trust', 37, ['AccessDenied', 'AccessDeniedException'], /^/, (evidence) => {
    const trust = trustOf(evidence);
    const role = roleOf(evidence);
    return {
      title: 'The role does not trust this token',
      explanation: `The token says aud “${trust.audience ?? 'unknown'}” and sub “${trust.subject ?? 'unknown'}”. The trust policy of the role must name the provider of ${trust.issuer ?? 'the issuer'}, allow sts:AssumeRoleWithWebIdentity, and ask for exactly these values. AWS gives the same answer when the role does not exist.`,
      fixes: [
        {
          kind: 'trust-policy',
          title: `Let the role trust this token (${KEEP})`,
          body: oidcTrustPolicy(trust),
          ...(role ? { target: role } : {}),
        },
        roleSetting(evidence),
      ],
    };
  }),
  rule('oidc-token-expired', 38, ['ExpiredTokenException', 'ExpiredToken'], /^/, (evidence) => ({
    title: 'The token has expired',
    explanation: evidence.subject.mounted
      ? 'The token file of the host holds an old token: nothing renews it, or it was copied there by hand.'
      : 'The token was signed too long ago when AWS saw it. A token is made for each task, so the clock of the server is probably behind.',
    fixes: [command('Look at the clock of the server', 'timedatectl status'), again(evidence)],
  })),
  rule(
    'oidc-provider-error',
    40,
    ['IDPCommunicationErrorException', 'IDPCommunicationError', 'IDPRejectedClaimException', 'IDPRejectedClaim'],
    /^/,
    (evidence) => ({
      title: 'The token issuer did not cooperate with AWS',
      explanation: 'AWS could not talk to the issuer, or the issuer rejected the claim. This can pass by itself.',
      fixes: [publicDiscovery(evidence), again(evidence)],
    }),
  ),
];
