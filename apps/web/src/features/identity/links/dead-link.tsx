import { Stack, Text } from '@mantine/core';
import type { LinkPurpose } from '@wardline/contracts';
import { ButtonLink } from '../../../ui/links.tsx';
import { EntranceFrame } from '../entrance/entrance-frame.tsx';

interface Props {
  readonly purpose: LinkPurpose;
  /** Its token is missing or cut short, or the server does not take it. */
  readonly reason: 'incomplete' | 'void';
}

const HAPPENED = {
  incomplete: 'A part of the link is missing. A page that was reloaded has lost it too: it is kept nowhere.',
  void: 'It was used already, has expired, or never was one. Each link works once.',
} as const satisfies Record<Props['reason'], string>;

const TO_DO = {
  setup:
    'Open the link again as the server’s log shows it. For a new one, restart the server: it prints another as long as there is no user.',
  invitation: 'Open the link again as you got it, or ask the administrator who invited you for a new one.',
  'password-reset': 'Open the link again as you got it, or ask an administrator for a new one.',
} as const satisfies Record<LinkPurpose, string>;

/** A link that leads nowhere: why, and what to do. */
export function DeadLink({ purpose, reason }: Props) {
  return (
    <EntranceFrame title="This link does not work">
      <Stack gap="md">
        <Text size="sm">{HAPPENED[reason]}</Text>
        <Text size="sm">{TO_DO[purpose]}</Text>
        <ButtonLink to="/sign-in" search={{}} variant="default">
          Go to the sign-in page
        </ButtonLink>
      </Stack>
    </EntranceFrame>
  );
}
