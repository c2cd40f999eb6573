import type { DelegatesTestResult } from '@wardline/contracts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Connector } from '../connectors/connector.ts';

/** A test on every delegate as the audit log has it: one event, with how many tested and how many of them failed. */
export function delegatesTestEntry(
  { identifier, name, place }: Pick<Connector, 'identifier' | 'name' | 'place'>,
  outcome: DelegatesTestResult | 'given up',
  draft: boolean,
): AuditEntry {
  const about = { action: 'TEST', resource: { type: 'CONNECTOR', identifier, name }, place } as const;
  const kind = { onEachDelegate: true, ...(draft && { draft }) };
  if (outcome === 'given up') return { ...about, outcome: 'FAILURE', details: { ...kind, givenUp: true } };
  const { delegates, finding } = outcome;
  const failed = delegates.filter(({ result }) => result.status === 'FAILURE').length;
  return {
    ...about,
    outcome: finding || failed > 0 ? 'FAILURE' : 'SUCCESS',
    details: { ...kind, delegates: delegates.length, failed, ...(finding && { finding: finding.code }) },
  };
}
