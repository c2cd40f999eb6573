import { partitionOf } from './identifiers.ts';
import type { OidcProvider, State } from './model.ts';
import { makeRole } from './new-entities.ts';
import { OIDC_ROLE, useEveryKey } from './seed.ts';

const OIDC_AUDIENCE = 'sts.amazonaws.com';

/** IAM names providers and their condition keys by the issuer without its scheme. */
export const issuerName = (issuer: string): string => issuer.replace(/^https?:\/\//, '');

/**
 * Registers the issuer and has the role `wardline-oidc` trust it for one subject. An issuer that did not change leaves the
 * role as it is, with whatever an administrator made of it.
 */
export function trustIssuer(state: State, issuer: string, subject: string): void {
  const [known] = state.oidcProviders;
  if (known?.url === issuer && known.subject === subject) return;
  const name = issuerName(issuer);
  const arn = `arn:${partitionOf(state.region)}:iam::${state.accountId}:oidc-provider/${name}`;
  const provider: OidcProvider = { url: issuer, arn, audiences: [OIDC_AUDIENCE], subject };
  const role = makeRole(state, {
    name: OIDC_ROLE,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: arn },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${name}:aud`]: OIDC_AUDIENCE, [`${name}:sub`]: subject } },
        },
      ],
    },
    policies: useEveryKey(state),
    maxSessionDuration: 3600,
    trust: `Tokens of ${issuer} for the audience ${OIDC_AUDIENCE} and the subject ${subject}.`,
  });
  const former = state.roles.find((candidate) => candidate.name === OIDC_ROLE);
  if (former) Object.assign(former, { trustPolicy: role.trustPolicy, trust: role.trust });
  else state.roles.push(role);
  state.oidcProviders = [provider];
}
