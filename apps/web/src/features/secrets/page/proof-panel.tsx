import { Stack, Text } from '@mantine/core';
import type { SecretProof, SecretResponse } from '@wardline/contracts';
import { formatExact } from '../../../lib/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { FindingPanel } from '../../trace/finding-panel.tsx';
import { useManagers } from '../api/list-managers.ts';
import { ProofStatus } from '../proof-status.tsx';

/** When the stored value was last decrypted to see that it can be read, and why it could not be. */
export function ProofPanel({ item: { proof } }: { readonly item: SecretResponse }) {
  const { data } = useManagers();
  if (!proof) return null;
  return (
    <Panel
      title="Last proven readable"
      description="In the background, Wardline decrypts what is really stored, so that nobody is the first to learn that it can’t be read."
    >
      <Stack gap="sm">
        <ProofStatus proof={proof} />
        {proof.state !== 'proven' && <Text size="sm">{explain(proof, data?.proofDays)}</Text>}
        {proof.finding && <FindingPanel finding={proof.finding} />}
      </Stack>
    </Panel>
  );
}

/** What the word does not say. Of what is proven there is no more to say than when. */
function explain({ state, provenAt, failedAt }: SecretProof, days: number | undefined): string {
  const proven = provenAt === null ? 'It was never proven.' : `Proven on ${formatExact(provenAt)}.`;
  switch (state) {
    case 'proven':
      return proven;
    case 'due':
      return `${proven} It should be proven again soon: every ${days ?? 'few'} days.`;
    case 'pending':
      return 'It is new, and its turn has not come yet.';
    case 'overdue':
      return `${proven} It should be proven every ${days ?? 'few'} days.`;
    case 'failed':
      return failedAt === null ? proven : `Failed on ${formatExact(failedAt)}. ${proven}`;
  }
}
