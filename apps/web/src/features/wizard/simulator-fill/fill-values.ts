import { type CredentialType, parseKmsArn, requiresSelectors, type SimulatorSeed } from '@wardline/contracts';
import type { Draft } from '../draft/draft.ts';

/** The tag of the delegate that runs inside the server: the simulated host is the one that it runs on. */
const EMBEDDED_DELEGATE_TAG = 'embedded';

/** What to fill in from the simulator; undefined for what the credential type does not use. */
export interface FillChoice {
  readonly key: SimulatorSeed['keys'][number] | undefined;
  readonly user: SimulatorSeed['users'][number] | undefined;
  readonly role: SimulatorSeed['roles'][number] | undefined;
}

function roleFor(type: CredentialType, { roles, oidcProviders }: SimulatorSeed): FillChoice['role'] {
  switch (type) {
    case 'ManualConfig':
    case 'AssumeIAMRole':
      return undefined;
    case 'AssumeSTSRole':
      return roles.find(({ externalId }) => externalId);
    case 'OidcAuthentication':
      return roles.find(({ trust }) => oidcProviders.some(({ url }) => trust.includes(url)));
  }
}

/** The ready-made values with which a connector of this type works. */
export function workingChoice(type: CredentialType, seed: SimulatorSeed): FillChoice {
  return {
    key: seed.keys.find(({ state }) => state === 'Enabled'),
    user: seed.users[0],
    role: roleFor(type, seed),
  };
}

/** What the choice changes in the draft; access keys come in as secrets, which are made before. */
export function fillChanges(draft: Draft, { key, role }: FillChoice): Partial<Draft> {
  const type = draft.credentialType;
  return {
    ...(key && {
      keyArnSource: 'plain',
      kmsArnInPlainText: key.arn,
      region: parseKmsArn(key.arn)?.region ?? draft.region,
    }),
    ...(role && type === 'AssumeSTSRole' && { roleArn: role.arn, externalName: role.externalId ?? '' }),
    ...(role && type === 'OidcAuthentication' && { iamRoleArn: role.arn }),
    ...(requiresSelectors(type) && draft.selectors.length === 0 && { selectors: [EMBEDDED_DELEGATE_TAG] }),
  };
}
