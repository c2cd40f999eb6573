import { networkContext } from '../identity/network-context.ts';
import { ConditionContext } from '../policy/conditions.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Caller } from '../policy/principals.ts';
import type { RoleRecord } from '../state/model.ts';
import { type AssumeRoleInput, checkMaximum, readAssumeRoleInput, textMember } from './assume-role-input.ts';
import { assumedRoleResult } from './assumed-role-result.ts';
import type { StsCall, StsOperation } from './operation.ts';
import { accessDenied, validationError } from './sts-error.ts';

const ACTION = 'sts:AssumeRole';
const CHAINING_LIMIT_SECONDS = 3600;

/** A missing role, a trust policy that does not fit, a wrong external ID: one answer, as AWS gives away nothing more. */
function authorizedRole(call: StsCall, caller: Caller, input: AssumeRoleInput, externalId: string | null): RoleRecord {
  const { store, sourceIp } = call;
  const role = store.role(input.roleArn);
  const context = new ConditionContext({
    ...networkContext(store, caller, sourceIp),
    'sts:ExternalId': externalId ?? undefined,
    'sts:RoleSessionName': input.sessionName,
  });
  const request = { action: ACTION, resource: input.roleArn, context };
  // The VPC endpoint policy guards the KMS endpoint only.
  const guardrails = { serviceControlPolicy: store.state.serviceControlPolicy, vpcEndpointPolicy: undefined };
  const allowed =
    role && evaluate(caller, request, { accountId: role.accountId, policy: role.trustPolicy }, guardrails).allowed;
  if (allowed) return role;
  throw accessDenied(`User: ${caller.arn} is not authorized to perform: ${ACTION} on resource: ${input.roleArn}`);
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole: StsOperation = {
  name: 'AssumeRole',
  signed: true,
  run(call, caller) {
    const input = readAssumeRoleInput(call.form);
    const externalId = call.form.has('ExternalId')
      ? textMember(call.form, 'ExternalId', /^[\w+=,.@:/-]*$/, 2, 1224)
      : null;
    const role = authorizedRole(call, caller, input, externalId);
    checkMaximum(role, input.duration);
    if (caller.kind === 'role-session' && input.duration > CHAINING_LIMIT_SECONDS) {
      const text = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
      throw validationError(text);
    }
    return assumedRoleResult(call, role, input);
  },
};
