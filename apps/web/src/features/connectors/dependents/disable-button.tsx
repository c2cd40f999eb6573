import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { ConnectorResponse } from '@wardline/contracts';
import { useRef, useState } from 'react';
import { notify } from '../../../ui/notify.ts';
import { useSwitchConnector } from '../api/switch-connector.ts';
import { DisableDialog } from './disable-dialog.tsx';

/** Disables a connector after a question, or enables it again at once, since that takes nothing away. */
export function DisableButton({ item: { connector, disabled } }: { readonly item: ConnectorResponse }) {
  const [asking, question] = useDisclosure();
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    question.close();
    // After the dialog has let go of the focus.
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <>
      {disabled ? (
        <EnableButton connector={connector} />
      ) : (
        <Button
          ref={button}
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={question.open}
        >
          Disable
        </Button>
      )}
      <DisableDialog connector={connector} opened={asking} onClose={close} />
    </>
  );
}

function EnableButton({ connector: { identifier, name } }: Pick<ConnectorResponse, 'connector'>) {
  const switchTo = useSwitchConnector();
  const [pending, setPending] = useState(false);
  const enable = async (): Promise<void> => {
    setPending(true);
    try {
      await switchTo(identifier, 'enable');
      notify({ color: 'green', message: `Enabled ${name}.` });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notify({ color: 'red', title: `${name} was not enabled`, message });
    } finally {
      setPending(false);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      loading={pending}
      onClick={() => void enable()}
    >
      Enable
    </Button>
  );
}
