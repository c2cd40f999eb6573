import { Stack, Text } from '@mantine/core';
import type { Fix } from '@wardline/contracts';
import { type ReactNode, use } from 'react';
import { CodeBlock } from '../../ui/code-block.tsx';
import classes from './fix-card.module.css';
import { SettingLinks } from './setting-links.ts';

interface Props {
  readonly fix: Fix;
  /** The same may stand elsewhere on the page: then it is no landmark. */
  readonly repeated: boolean;
}

/** What each kind of document is called, and the words before the place where it goes. */
const DOCUMENTS = {
  'iam-policy': { name: 'IAM policy', goes: 'Attach to' },
  'key-policy': { name: 'Key policy', goes: 'Key policy of' },
  'trust-policy': { name: 'Trust policy', goes: 'Trust policy of' },
  'endpoint-policy': { name: 'VPC endpoint policy', goes: 'Policy of the endpoint behind' },
} as const satisfies Record<Exclude<Fix['kind'], 'command' | 'setting'>, { name: string; goes: string }>;

/** One fix: what it is, where it goes, and the document, command or setting itself, complete. */
export function FixCard({ fix, repeated }: Props) {
  const linkTo = use(SettingLinks);
  const { kind, body, target } = fix;
  switch (kind) {
    case 'setting':
      return (
        <FixFrame fix={fix} repeated={repeated}>
          <div className={classes.setting}>
            <Text size="sm">{body}</Text>
            {target && linkTo(target)}
          </div>
        </FixFrame>
      );
    case 'command':
      return (
        <FixFrame fix={fix} repeated={repeated}>
          <CodeBlock title="Command" code={body} />
        </FixFrame>
      );
    default:
      return (
        <FixFrame fix={fix} repeated={repeated}>
          {target && (
            <Text size="xs" c="dimmed">
              {DOCUMENTS[kind].goes} <span className={classes.target}>{target}</span>
            </Text>
          )}
          <CodeBlock title={DOCUMENTS[kind].name} code={body} />
        </FixFrame>
      );
  }
}

function FixFrame({ fix: { title }, repeated, children }: Props & { readonly children: ReactNode }) {
  return (
    <Stack component="section" role={repeated ? 'group' : undefined} gap={6} aria-label={title} className={classes.fix}>
      <Text size="sm" fw={550}>
        {title}
      </Text>
      {children}
    </Stack>
  );
}
