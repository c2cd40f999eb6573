import type { Finding } from '@wardline/contracts';
import { ACCESS_RULES, ENDPOINT_POLICY_RULE } from './access.ts';
import { ASSUME_ROLE_RULES } from './assume-role.ts';
import { CREDENTIAL_RULES } from './credentials.ts';
import type { Evidence } from './evidence.ts';
import { HOST_RULES } from './host.ts';
import { KEY_KIND_RULES, KEY_NOT_FOUND_RULES, KEY_STATE_RULES } from './key.ts';
import { NETWORK_RULES } from './network.ts';
import { PROOF_RULES } from './proof.ts';
import type { Rule } from './rule.ts';
import { RUN_RULES, unknownCause } from './run.ts';
import { SERVICE_RULES } from './service.ts';
import { SETTING_RULES } from './settings.ts';
import { WEB_IDENTITY_RULES } from './web-identity.ts';

/**
 * The catalogue of causes; each is numbered and tried out in `test-support/*-rows.ts`. The first rule that recognises
 * the evidence wins, so within a group the particular stands before the general; the groups about KMS access come after those about STS.
 */
export const FINDINGS: readonly Rule[] = [
  ...RUN_RULES,
  ...SETTING_RULES,
  ...HOST_RULES,
  ...CREDENTIAL_RULES,
  ENDPOINT_POLICY_RULE,
  ...WEB_IDENTITY_RULES,
  ...ASSUME_ROLE_RULES,
  ...KEY_KIND_RULES,
  ...KEY_STATE_RULES,
  ...KEY_NOT_FOUND_RULES,
  ...ACCESS_RULES,
  ...PROOF_RULES,
  ...SERVICE_RULES,
  ...NETWORK_RULES,
];

/** The code of causes that are not in the catalogue. */
export const UNKNOWN_CAUSE = 'unknown-cause';

/** Names the cause that the evidence shows, with every fix filled in. Always finds something to say. */
export function explain(evidence: Evidence): Finding {
  for (const { code, find } of FINDINGS) {
    const text = find(evidence);
    if (text) return { code, ...text };
  }
  return { code: UNKNOWN_CAUSE, ...unknownCause(evidence) };
}
