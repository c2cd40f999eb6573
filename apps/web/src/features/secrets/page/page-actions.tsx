import { Button } from '@mantine/core';
import { IconPencil, IconReplace, IconTrash } from '@tabler/icons-react';
import type { SecretType } from '@wardline/contracts';
import { useMay } from '../../identity/use-may.ts';

/** What the page asks about in a dialog. */
export type PageDeed = 'edit' | 'replace' | 'delete';

interface Props {
  readonly type: SecretType;
  readonly onAsk: (deed: PageDeed, opener: HTMLElement) => void;
}

/** What one may do with the secret. */
export function PageActions({ type, onAsk }: Props) {
  const mayEdit = useMay('core_secret_edit');
  const mayDelete = useMay('core_secret_delete');
  return (
    <>
      {mayEdit && (
        <>
          <Button
            leftSection={<IconReplace size={16} aria-hidden />}
            onClick={(event) => onAsk('replace', event.currentTarget)}
          >
            {type === 'SecretFile' ? 'Replace file' : 'Replace value'}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={(event) => onAsk('edit', event.currentTarget)}
          >
            Edit
          </Button>
        </>
      )}
      {mayDelete && (
        <Button
          variant="default"
          c="var(--wl-failure)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={(event) => onAsk('delete', event.currentTarget)}
        >
          Delete
        </Button>
      )}
    </>
  );
}
