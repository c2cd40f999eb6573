import { type ConnectorOutput, effectiveSelectors } from '@wardline/contracts';

/** The tags that a delegate must have for a stored connector; the answer says null where the input says absent. */
export function storedSelectors({ credential, delegateSelectors }: ConnectorOutput['spec']): string[] {
  const spec = { delegateSelectors: credential.spec.delegateSelectors ?? undefined };
  return effectiveSelectors({ credential: { type: credential.type, spec }, delegateSelectors });
}
