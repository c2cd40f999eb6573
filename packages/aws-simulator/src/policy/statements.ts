import { type ConditionContext, conditionsMet } from './conditions.ts';
import { list, type Policy, type Statement } from './document.ts';
import { wildcardMatch } from './wildcard.ts';

/** One action on one resource, with what the request says of itself. */
export interface AccessRequest {
  /** `service:Operation`, e.g. `kms:GenerateDataKey`. */
  readonly action: string;
  /** ARN, or `*` for an operation without a resource. */
  readonly resource: string;
  readonly context: ConditionContext;
}

const anyAction = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => wildcardMatch(pattern.toLowerCase(), action.toLowerCase()));
const anyResource = (patterns: readonly string[], resource: string): boolean =>
  patterns.some((pattern) => wildcardMatch(pattern, resource));

function applies(statement: Statement, request: AccessRequest): boolean {
  const action =
    statement.Action === undefined
      ? !anyAction(list(statement.NotAction), request.action)
      : anyAction(list(statement.Action), request.action);
  // Trust policies have no Resource: the role that they are attached to is meant.
  const resource =
    statement.Resource === undefined
      ? !anyResource(list(statement.NotResource), request.resource)
      : anyResource(list(statement.Resource), request.resource);
  return action && resource && conditionsMet(statement.Condition, request.context);
}

/** The statements of a policy with this effect that apply to a request; principals are the caller's to check. */
export function applicable(policy: Policy, effect: Statement['Effect'], request: AccessRequest): readonly Statement[] {
  return list(policy.Statement).filter((statement) => statement.Effect === effect && applies(statement, request));
}
