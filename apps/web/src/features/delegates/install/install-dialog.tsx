import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { InstallDelegate } from './install-delegate.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Tags that the delegate is to have, as far as they are known. */
  readonly tags?: readonly string[];
}

/** “Install a delegate”, over whatever page asked for it. What was entered goes with the dialog. */
export function InstallDialog({ opened, onClose, tags = [] }: Props) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Install a delegate"
      size={860}
      fullScreen={narrow}
      closeOnClickOutside={false}
    >
      <InstallDelegate tags={tags} onDone={onClose} />
    </Modal>
  );
}
