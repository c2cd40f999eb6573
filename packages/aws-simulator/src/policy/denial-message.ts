import type { Decision } from './evaluate.ts';

const article = (policyType: string): string => (/^identity/.test(policyType) ? 'an' : 'a');

/**
 * AWS's access-denied text, which names the type of policy that decided.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(
  callerArn: string,
  action: string,
  resource: string,
  decision: Extract<Decision, { allowed: false }>,
): string {
  const reason = decision.explicit
    ? `with an explicit deny in ${article(decision.by)} ${decision.by}`
    : `because no ${decision.by} allows the ${action} action`;
  return `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}
