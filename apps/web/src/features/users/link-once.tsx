import { Button, Group, Stack, Text } from '@mantine/core';
import type { UserLink } from '@wardline/contracts';
import { formatExact } from '../../lib/format.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import type { GivenLink } from './api/give-link.ts';

interface Props {
  readonly link: UserLink;
  readonly purpose: GivenLink;
  readonly email: string;
  readonly onDone: () => void;
}

const WORDS = {
  invitation: {
    does: 'choose a password and sign in as',
    title: 'Invitation link',
  },
  'password-reset': {
    does: 'set a new password, which ends all sessions, and sign in as',
    title: 'Password reset link',
  },
} as const satisfies Record<GivenLink, object>;

/** A one-time link that was just made. It is shown this once: Wardline sends no mail. */
export function LinkOnce({ link: { link, expiresAt }, purpose, email, onDone }: Props) {
  const { does, title } = WORDS[purpose];
  const days = Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000);
  const validity = days >= 1 ? `${days} ${days === 1 ? 'day' : 'days'}, until` : 'until';
  return (
    <Stack gap="md">
      <Text size="sm">
        Copy the link now and hand it over yourself, on a way that only {email} reads: Wardline sends no mail, and does
        not show the link again.
      </Text>
      <CodeBlock title={title} code={link} />
      <Text size="sm" c="dimmed">
        It works once and is valid for {validity} {formatExact(Date.parse(expiresAt))}. Whoever has it can {does}{' '}
        {email}.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          I have copied the link
        </Button>
      </Group>
    </Stack>
  );
}
