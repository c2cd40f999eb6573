import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { UserLink } from '@wardline/contracts';
import { useState } from 'react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { type GivenLink, useGiveLink } from './api/give-link.ts';
import { LinkOnce } from './link-once.tsx';
import type { DialogProps } from './user-dialogs.tsx';

interface Props extends DialogProps {
  readonly purpose: GivenLink;
}

const TITLES = {
  invitation: 'New invitation link for',
  'password-reset': 'Password reset link for',
} as const satisfies Record<GivenLink, string>;

/** Makes a link for a user and shows it once: from then on the dialog closes by its button only. */
export function GiveLinkDialog({ user, purpose, opened, onClose }: Props) {
  const [link, setLink] = useState<UserLink>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setLink(undefined)}
      title={`${TITLES[purpose]} ${user.name}`}
      size={560}
      returnFocus={false}
      closeOnClickOutside={!link}
      closeOnEscape={!link}
      withCloseButton={!link}
    >
      {link ? (
        <LinkOnce link={link} purpose={purpose} email={user.email} onDone={onClose} />
      ) : (
        <MakeLink user={user} purpose={purpose} onMade={setLink} onCancel={onClose} />
      )}
    </Modal>
  );
}

interface MakeLinkProps extends Pick<Props, 'user' | 'purpose'> {
  readonly onMade: (link: UserLink) => void;
  readonly onCancel: () => void;
}

function MakeLink({ user, purpose, onMade, onCancel }: MakeLinkProps) {
  const give = useGiveLink();
  const [error, setError] = useState<Error>();
  const [pending, setPending] = useState(false);
  const make = async (): Promise<void> => {
    setPending(true);
    try {
      onMade(await give(user, purpose));
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setPending(false);
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">
        {purpose === 'invitation'
          ? `Makes a link with which ${user.email} chooses a password and signs in for the first time. An invitation link made earlier stops working.`
          : `Makes a link with which ${user.email} sets a new password. The old one works until then. A second factor stays in place.`}
      </Text>
      {error && <ErrorPanel error={error} title="The link was not made" />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button loading={pending} onClick={() => void make()} data-autofocus>
          Make the link
        </Button>
      </Group>
    </Stack>
  );
}
