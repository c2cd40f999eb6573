import { Stack, Text } from '@mantine/core';
import type { Fix } from '@wardline/contracts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './fix-card.module.css';

const KIND_LABELS = {
  'iam-policy': 'IAM policy',
  'key-policy': 'Key policy',
  'trust-policy': 'Trust policy',
  'endpoint-policy': 'VPC endpoint policy',
  command: 'Command',
  setting: 'Setting',
} as const satisfies Record<Fix['kind'], string>;

/** One fix: what it is, where it goes, and the document, command or setting itself, complete. */
export function FixCard({ fix }: { readonly fix: Fix }) {
  return (
    <Stack component="section" gap={6} aria-label={fix.title} className={classes.fix}>
      <div>
        <Text size="sm" fw={550}>
          {fix.title}
        </Text>
        {fix.target && (
          <Text size="xs" c="dimmed">
            {fix.kind === 'setting' ? 'Field of this connector:' : 'Goes to'}{' '}
            <span className={classes.target}>{fix.target}</span>
          </Text>
        )}
      </div>
      {fix.kind === 'setting' ? (
        <div className={classes.setting}>
          <Text size="sm">{fix.body}</Text>
          <CopyButton value={fix.body} what={fix.title} />
        </div>
      ) : (
        <CodeBlock title={KIND_LABELS[fix.kind]} code={fix.body} />
      )}
    </Stack>
  );
}
