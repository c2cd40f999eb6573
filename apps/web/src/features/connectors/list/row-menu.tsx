import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconEye, IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ConnectorOutput } from '@wardline/contracts';
import type { Ref } from 'react';
import { useMay } from '../../identity/use-may.ts';

interface Props {
  readonly connector: Pick<ConnectorOutput, 'identifier' | 'name'>;
  readonly testing: boolean;
  readonly onTest: () => void;
  readonly onDelete: () => void;
  /** The button that opens it. */
  readonly buttonRef: Ref<HTMLButtonElement>;
}

/** What one may do with a connector of the list. */
export function RowMenu({ connector, testing, onTest, onDelete, buttonRef }: Props) {
  const navigate = useNavigate();
  const mayEdit = useMay('core_connector_edit');
  const mayTest = useMay('core_connector_access');
  const mayDelete = useMay('core_connector_delete');
  const params = { connectorId: connector.identifier };
  return (
    <Menu position="bottom-end" width={170} withinPortal>
      <Menu.Target>
        <ActionIcon ref={buttonRef} aria-label={`Actions for ${connector.name}`} size="lg">
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconEye size={16} aria-hidden />}
          onClick={() => navigate({ to: '/settings/connectors/$connectorId', params })}
        >
          View
        </Menu.Item>
        {mayEdit && (
          <Menu.Item
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() =>
              navigate({
                to: '/settings/connectors/$connectorId/edit/$step',
                params: { ...params, step: 'overview' },
              })
            }
          >
            Edit
          </Menu.Item>
        )}
        {mayTest && (
          <Menu.Item leftSection={<IconPlugConnected size={16} aria-hidden />} disabled={testing} onClick={onTest}>
            Test
          </Menu.Item>
        )}
        {mayDelete && (
          <>
            <Menu.Divider />
            <Menu.Item c="var(--wl-failure)" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
