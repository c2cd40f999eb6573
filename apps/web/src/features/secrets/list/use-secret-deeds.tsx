import { IconCode, IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import type { SecretResponse } from '@wardline/contracts';
import { copyText } from '../../../lib/copy-text.ts';
import { notify } from '../../../ui/notify.ts';
import type { RowDeed } from '../../../ui/row-menu.tsx';
import { useMay } from '../../identity/use-may.ts';
import { expressionOf, referenceOf } from '../words.ts';

/** What asks first. */
export type SecretDeed = 'edit' | 'delete';

async function copy(text: string): Promise<void> {
  const failure = await copyText(text);
  notify(
    failure
      ? { color: 'red', title: 'Nothing was copied', message: failure }
      : { color: 'green', message: `Copied ${text}` },
  );
}

/** What whoever is signed in may do to a secret of the list. */
export function useSecretDeeds(onAsk: (deed: SecretDeed, item: SecretResponse, opener: HTMLElement | null) => void) {
  const mayEdit = useMay('core_secret_edit');
  const mayDelete = useMay('core_secret_delete');
  return (item: SecretResponse): RowDeed[] => [
    {
      label: 'Copy reference',
      icon: <IconCopy size={16} aria-hidden />,
      onSelect: () => void copy(referenceOf(item.secret)),
    },
    {
      label: 'Copy expression',
      icon: <IconCode size={16} aria-hidden />,
      onSelect: () => void copy(expressionOf(item.secret)),
    },
    ...(mayEdit
      ? [
          {
            label: 'Edit',
            icon: <IconPencil size={16} aria-hidden />,
            onSelect: (button: HTMLElement | null) => onAsk('edit', item, button),
          },
        ]
      : []),
    ...(mayDelete
      ? [
          {
            label: 'Delete',
            icon: <IconTrash size={16} aria-hidden />,
            destructive: true,
            onSelect: (button: HTMLElement | null) => onAsk('delete', item, button),
          },
        ]
      : []),
  ];
}
