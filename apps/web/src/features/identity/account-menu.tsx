import { Menu, Text } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { WhoAmI } from '@wardline/contracts';
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { ApiFailure } from '../../lib/api.ts';
import { notify } from '../../ui/notify.ts';
import { leaveConsole, signOut } from './api/sign-out.ts';

interface Props {
  readonly me: WhoAmI;
  /** The button that opens it. */
  readonly renderTarget: (ref: Ref<HTMLButtonElement>) => ReactNode;
}

async function leave(): Promise<void> {
  try {
    await signOut();
    leaveConsole();
  } catch (error) {
    notify({ color: 'red', message: error instanceof ApiFailure ? error.message : 'Signing out did not work.' });
  }
}

/** Who is signed in, the way to their own page, and out. Opens at once: it was loaded because it was asked for. */
export function AccountMenu({ me: { principal }, renderTarget }: Props) {
  const navigate = useNavigate();
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  return (
    <Menu position="bottom-end" width={250} withinPortal opened={opened} onChange={setOpened}>
      <Menu.Target>{renderTarget(button)}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text span display="block" size="sm" fw={600} c="bright" truncate>
            {principal.name}
          </Text>
          <Text span display="block" size="xs" truncate>
            {principal.identifier}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconUserCircle size={16} aria-hidden />} onClick={() => navigate({ to: '/account' })}>
          Your account
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
