import { ConditionContext } from '../policy/conditions.ts';
import { namesEveryone, namesProvider } from '../policy/principals.ts';
import { applicable } from '../policy/statements.ts';
import type { RoleRecord } from '../state/model.ts';
import { issuerName } from '../state/seed-oidc.ts';
import { checkMaximum, readAssumeRoleInput, textMember } from './assume-role-input.ts';
import { assumedRoleResult } from './assumed-role-result.ts';
import type { StsCall, StsOperation } from './operation.ts';
import { accessDenied } from './sts-error.ts';
import { verifyWebIdentity, type WebIdentity } from './verify-web-identity.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** There is no caller with policies of its own: the role's trust policy alone decides. */
function trusts(call: StsCall, role: RoleRecord, identity: WebIdentity, sessionName: string): boolean {
  const issuer = issuerName(identity.provider.url);
  const context = new ConditionContext({
    'aws:SourceIp': call.sourceIp,
    'sts:RoleSessionName': sessionName,
    [`${issuer}:aud`]: identity.audience,
    [`${issuer}:sub`]: identity.subject,
  });
  const request = { action: ACTION, resource: role.arn, context };
  const named = (effect: 'Allow' | 'Deny'): boolean =>
    applicable(role.trustPolicy, effect, request).some(
      ({ Principal }) =>
        (effect === 'Deny' && namesEveryone(Principal)) || namesProvider(Principal, identity.provider.arn),
    );
  return !named('Deny') && named('Allow');
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const assumeRoleWithWebIdentity: StsOperation = {
  name: 'AssumeRoleWithWebIdentity',
  signed: false,
  async run(call) {
    const input = readAssumeRoleInput(call.form);
    const token = textMember(call.form, 'WebIdentityToken', /^[\s\S]*$/, 4, 20_000);
    const identity = await verifyWebIdentity(call, token);
    const role = call.store.role(input.roleArn);
    if (!role || !trusts(call, role, identity, input.sessionName)) {
      throw accessDenied(`Not authorized to perform ${ACTION}`);
    }
    checkMaximum(role, input.duration);
    return {
      ...assumedRoleResult(call, role, input),
      SubjectFromWebIdentityToken: identity.subject,
      Provider: identity.provider.arn,
      Audience: identity.audience,
    };
  },
};
