import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { KeyOwner } from './api/list-tokens.ts';
import { CreateTokenForm } from './create-token-form.tsx';
import { NewToken } from './new-token.tsx';

interface Props {
  readonly owner: KeyOwner;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a key and shows it once: from then on the dialog closes by its button only. The text goes with the dialog. */
export function CreateTokenDialog({ owner, opened, onClose }: Props) {
  const [text, setText] = useState<string>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setText(undefined)}
      title={text === undefined ? 'New API key' : 'The new API key'}
      size={560}
      closeOnClickOutside={false}
      closeOnEscape={text === undefined}
      withCloseButton={text === undefined}
    >
      {text === undefined ? (
        <CreateTokenForm owner={owner} onCreated={setText} onCancel={onClose} />
      ) : (
        <NewToken owner={owner} text={text} onDone={onClose} />
      )}
    </Modal>
  );
}
