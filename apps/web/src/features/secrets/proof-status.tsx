import { Text } from '@mantine/core';
import type { SecretProof } from '@wardline/contracts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type StatusTone, StatusWord } from '../../ui/status-word.tsx';

/** What the states of a proof mean, for people. */
export const PROOF_WORDS = {
  proven: { word: 'Readable', tone: 'success' },
  pending: { word: 'Not proven yet', tone: 'neutral' },
  due: { word: 'Proof due', tone: 'warning' },
  overdue: { word: 'Proof overdue', tone: 'failure' },
  failed: { word: 'Unreadable', tone: 'failure' },
} as const satisfies Record<SecretProof['state'], { word: string; tone: StatusTone }>;

interface Props {
  /** Absent where the server does not say. */
  readonly proof: SecretProof | undefined;
  /** `line` beside a heading, `stack` in a column of a list. */
  readonly layout?: 'line' | 'stack';
}

const BESIDE = { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 8 } as const;

/** Whether the stored value can be read, and when that was last proven by decrypting it. */
export function ProofStatus({ proof, layout = 'stack' }: Props) {
  if (!proof) {
    return (
      <Text span size="sm" c="dimmed">
        Unknown
      </Text>
    );
  }
  const { word, tone } = PROOF_WORDS[proof.state];
  return (
    <div style={layout === 'line' ? BESIDE : undefined}>
      <StatusWord tone={tone}>{word}</StatusWord>
      {proof.state !== 'pending' && (
        <Text span size="xs" c="dimmed" display="block">
          <ProofTime proof={proof} />
        </Text>
      )}
    </div>
  );
}

function ProofTime({ proof: { state, provenAt, failedAt } }: { readonly proof: SecretProof }) {
  if (state === 'failed' && failedAt !== null) {
    return (
      <>
        failed <RelativeTime time={failedAt} />
      </>
    );
  }
  if (provenAt === null) return 'never proven';
  return (
    <>
      proven <RelativeTime time={provenAt} />
    </>
  );
}
