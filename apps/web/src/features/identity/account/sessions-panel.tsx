import { Badge, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceDesktop } from '@tabler/icons-react';
import type { Session } from '@wardline/contracts';
import { useState } from 'react';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import rows from '../../../ui/rows.module.css';
import { useSessions } from '../api/list-sessions.ts';
import { useRevokeSession } from '../api/revoke-session.ts';
import { leaveConsole, signOutEverywhere } from '../api/sign-out.ts';
import { deviceName } from './device-name.ts';

/** Where one is signed in; each session can be ended, and all at once. */
export function SessionsPanel() {
  const { data, error, refetch } = useSessions();
  const revoke = useRevokeSession();
  const [asking, dialog] = useDisclosure();
  return (
    <Panel
      title="Sessions"
      description="Where you are signed in."
      actions={
        <Button size="xs" variant="default" onClick={dialog.open}>
          Sign out everywhere
        </Button>
      }
    >
      {!data && !error && <Skeleton height={64} />}
      {!data && error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {revoke.error && <ErrorPanel error={revoke.error} title="The session was not ended" />}
      {data && (
        <ul className={rows.list} aria-label="Sessions">
          {data.sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              ending={revoke.isPending && revoke.variables === session.id}
              onEnd={() => revoke.mutate(session.id)}
            />
          ))}
        </ul>
      )}
      <Modal opened={asking} onClose={dialog.close} title="Sign out everywhere?">
        <SignOutEverywhereForm onCancel={dialog.close} />
      </Modal>
    </Panel>
  );
}

interface RowProps {
  readonly session: Session;
  readonly ending: boolean;
  readonly onEnd: () => void;
}

function SessionRow({ session, ending, onEnd }: RowProps) {
  const device = deviceName(session.userAgent);
  return (
    <li className={rows.row}>
      <IconDeviceDesktop size={20} stroke={1.6} aria-hidden className={rows.icon} />
      <div className={rows.words}>
        <Group gap={8}>
          <Text size="sm" fw={550} title={session.userAgent ?? undefined}>
            {device}
          </Text>
          {session.current && (
            <Badge size="sm" variant="light" tt="none" fw={500}>
              This session
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {session.address && <span className="wl-mono">{session.address} · </span>}
          Active <RelativeTime time={Date.parse(session.lastSeenAt)} />, signed in{' '}
          <RelativeTime time={Date.parse(session.createdAt)} />
        </Text>
      </div>
      {!session.current && (
        <Button size="xs" variant="default" loading={ending} onClick={onEnd} aria-label={`End ${device}`}>
          End
        </Button>
      )}
    </li>
  );
}

function SignOutEverywhereForm({ onCancel }: { readonly onCancel: () => void }) {
  const [error, setError] = useState<Error>();
  const [pending, setPending] = useState(false);
  const confirm = async (): Promise<void> => {
    setPending(true);
    try {
      await signOutEverywhere();
      leaveConsole();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setPending(false);
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">
        All your sessions end, this one too. API keys go on working; revoke those below if you think somebody has them.
      </Text>
      {error && <ErrorPanel error={error} title="Your sessions were not ended" />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={pending} onClick={() => void confirm()}>
          Sign out everywhere
        </Button>
      </Group>
    </Stack>
  );
}
