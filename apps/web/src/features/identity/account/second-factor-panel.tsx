import { Button, Group, Modal, Text } from '@mantine/core';
import type { Profile } from '@wardline/contracts';
import { useState } from 'react';
import { notify } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import { renewRecoveryCodes, useSecondFactor } from '../api/second-factor.ts';
import { Enrolment } from './enrolment.tsx';
import { PasswordProof } from './password-proof.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Doing = 'set-up' | 'renew' | 'switch-off';

const TITLES = {
  'set-up': 'Set up the second factor',
  renew: 'New recovery codes',
  'switch-off': 'Switch off the second factor?',
} as const satisfies Record<Doing, string>;

/** The second factor: on or off, and what can be done about it. */
export function SecondFactorPanel({ profile: { hasPassword, secondFactor } }: { readonly profile: Profile }) {
  const [doing, setDoing] = useState<Doing>();
  // Codes that are shown once must not vanish by a slip of the hand.
  const [holds, setHolds] = useState(false);
  const close = (): void => {
    setDoing(undefined);
    setHolds(false);
  };
  const hold = (): void => setHolds(true);
  return (
    <Panel
      title="Second factor"
      description="After your password, Wardline asks for a code of an app that only you have."
      actions={<StatusWord tone={secondFactor ? 'success' : 'neutral'}>{secondFactor ? 'On' : 'Off'}</StatusWord>}
    >
      {!hasPassword && <Text size="sm">You sign in by single sign-on: your provider asks for a second factor.</Text>}
      {hasPassword && !secondFactor && (
        <Button variant="default" onClick={() => setDoing('set-up')}>
          Set up
        </Button>
      )}
      {hasPassword && secondFactor && (
        <Group gap="xs">
          <Button variant="default" onClick={() => setDoing('renew')}>
            New recovery codes
          </Button>
          <Button variant="default" c="var(--wl-failure)" onClick={() => setDoing('switch-off')}>
            Switch off
          </Button>
        </Group>
      )}
      <Modal
        opened={doing !== undefined}
        onClose={close}
        title={doing && TITLES[doing]}
        size={540}
        closeOnClickOutside={false}
        closeOnEscape={!holds}
        withCloseButton={!holds}
      >
        {doing === 'set-up' && <Enrolment onClose={close} onConfirmed={hold} />}
        {doing === 'renew' && <Renewal onClose={close} onRenewed={hold} />}
        {doing === 'switch-off' && <SwitchOff onClose={close} />}
      </Modal>
    </Panel>
  );
}

function Renewal({ onClose, onRenewed }: { readonly onClose: () => void; readonly onRenewed: () => void }) {
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) return <RecoveryCodes codes={codes} onDone={onClose} />;
  return (
    <PasswordProof
      button="Make new codes"
      onCancel={onClose}
      onProven={async (proof) => {
        setCodes(await renewRecoveryCodes(proof));
        onRenewed();
      }}
    >
      <Text size="sm">The codes that you have now stop working.</Text>
    </PasswordProof>
  );
}

function SwitchOff({ onClose }: { readonly onClose: () => void }) {
  const { disable } = useSecondFactor();
  return (
    <PasswordProof
      button="Switch off"
      color="red"
      onCancel={onClose}
      onProven={async (proof) => {
        await disable(proof);
        notify({ color: 'green', message: 'The second factor is off.' });
        onClose();
      }}
    >
      <Text size="sm">From then on your password alone lets in whoever knows it. Your recovery codes become void.</Text>
    </PasswordProof>
  );
}
