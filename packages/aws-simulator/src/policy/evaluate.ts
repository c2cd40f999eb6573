import type { IdentityPolicy, ResourcePolicy, TrustPolicy } from './document.ts';
import { type Caller, matchPrincipal, type PrincipalMatch } from './principals.ts';
import { type AccessRequest, applicable } from './statements.ts';

/** The kinds of policy, by the names that AWS uses in its denials. */
type PolicyType =
  | 'identity-based policy'
  | 'resource-based policy'
  | 'permissions boundary'
  | 'service control policy'
  | 'session policy'
  | 'VPC endpoint policy';

/** Whether a request is allowed; if not, which kind of policy decided, and whether by a Deny. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly explicit: boolean; readonly by: PolicyType };

/** Policies that apply to a whole account or network path, beside the caller's and the resource's own. */
export interface Guardrails {
  readonly serviceControlPolicy: IdentityPolicy | undefined;
  readonly vpcEndpointPolicy: ResourcePolicy | undefined;
}

/** The resource's own policy, and the account that owns it; `undefined` for an operation without a resource. */
export interface GuardedResource {
  readonly accountId: string;
  readonly policy: ResourcePolicy | TrustPolicy;
}

const ALLOWED: Decision = { allowed: true };
const deny = (by: PolicyType, explicit: boolean): Decision => ({ allowed: false, explicit, by });

interface Evaluation {
  readonly caller: Caller;
  readonly request: AccessRequest;
  readonly resource: GuardedResource | undefined;
  readonly guardrails: Guardrails;
}

function explicitDeny({ caller, request, resource, guardrails }: Evaluation): PolicyType | undefined {
  const denies = (policy: IdentityPolicy | undefined): boolean =>
    policy !== undefined && applicable(policy, 'Deny', request).length > 0;
  const deniesCaller = (policy: ResourcePolicy | TrustPolicy | undefined): boolean =>
    policy !== undefined &&
    applicable(policy, 'Deny', request).some((statement) => matchPrincipal(statement.Principal, caller) !== 'none');

  if (denies(guardrails.serviceControlPolicy)) return 'service control policy';
  if (deniesCaller(guardrails.vpcEndpointPolicy)) return 'VPC endpoint policy';
  if (deniesCaller(resource?.policy)) return 'resource-based policy';
  if (caller.identityPolicies.some(denies)) return 'identity-based policy';
  if (denies(caller.boundary)) return 'permissions boundary';
  if (caller.kind === 'role-session' && denies(caller.sessionPolicy)) return 'session policy';
  return undefined;
}

/** The strongest way in which the resource's policy lets the caller in. */
function resourceGrant({ caller, request, resource }: Evaluation): PrincipalMatch {
  if (!resource) return 'account';
  const found = applicable(resource.policy, 'Allow', request).map((s) => matchPrincipal(s.Principal, caller));
  return (['exact', 'role', 'account'] as const).find((match) => found.includes(match)) ?? 'none';
}

function implicitDeny(evaluation: Evaluation): PolicyType | undefined {
  const { caller, request, resource, guardrails } = evaluation;
  const allows = (policy: IdentityPolicy): boolean => applicable(policy, 'Allow', request).length > 0;
  const { serviceControlPolicy, vpcEndpointPolicy } = guardrails;
  if (serviceControlPolicy && !allows(serviceControlPolicy)) return 'service control policy';
  if (vpcEndpointPolicy) {
    const granted = applicable(vpcEndpointPolicy, 'Allow', request);
    if (!granted.some((s) => matchPrincipal(s.Principal, caller) !== 'none')) return 'VPC endpoint policy';
  }
  const grant = resourceGrant(evaluation);
  if (grant === 'none') return 'resource-based policy';
  const crossAccount = resource !== undefined && resource.accountId !== caller.accountId;
  // Named itself by a policy of its own account, a user or session needs nothing else.
  if (grant === 'exact' && !crossAccount) return undefined;
  const identityDecides = crossAccount || grant === 'account';
  if (identityDecides && !caller.identityPolicies.some(allows)) return 'identity-based policy';
  if (caller.boundary && !allows(caller.boundary)) return 'permissions boundary';
  if (caller.kind === 'role-session' && caller.sessionPolicy && !allows(caller.sessionPolicy)) return 'session policy';
  return undefined;
}

/**
 * May this caller do this? An explicit Deny anywhere wins; then the resource's policy must let the caller in, by name or
 * through the account; across accounts both sides must allow; boundary and session policies intersect.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(
  caller: Caller,
  request: AccessRequest,
  resource: GuardedResource | undefined,
  guardrails: Guardrails,
): Decision {
  const evaluation = { caller, request, resource, guardrails };
  const explicit = explicitDeny(evaluation);
  if (explicit) return deny(explicit, true);
  const implicit = implicitDeny(evaluation);
  return implicit ? deny(implicit, false) : ALLOWED;
}
