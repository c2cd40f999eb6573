import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye, IconPlus, IconRobot, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ServiceAccountAggregate } from '@wardline/contracts';
import { usePagedSearch } from '../../lib/paged-search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Column } from '../../ui/entity-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type RowDeed, RowMenu } from '../../ui/row-menu.tsx';
import { useAsked } from '../../ui/use-asked.ts';
import { AccessControlPage } from '../access-control/access-control-page.tsx';
import { DescribedDialog } from '../access-control/described-dialog.tsx';
import { EntityList } from '../access-control/entity-list.tsx';
import { EntityName } from '../access-control/entity-name.tsx';
import { RoleBadges } from '../access-control/role-badges.tsx';
import { useMay } from '../identity/use-may.ts';
import { useServiceAccounts } from './api/list-service-accounts.ts';
import { useSaveServiceAccount } from './api/save-service-account.ts';
import { DeleteServiceAccountDialog } from './delete-service-account-dialog.tsx';

const COLUMNS: readonly [Column<ServiceAccountAggregate>, ...Column<ServiceAccountAggregate>[]] = [
  {
    header: 'Service account',
    width: '36%',
    cell: ({ serviceAccount: { identifier, name } }) => (
      <EntityName identifier={identifier}>
        <AnchorLink to="/settings/access-control/service-accounts/$accountId" params={{ accountId: identifier }}>
          {name}
        </AnchorLink>
      </EntityName>
    ),
  },
  {
    header: 'Roles',
    cell: ({ roleAssignmentsMetadataDTO: roles }) => (
      <RoleBadges
        roles={roles.map(({ roleIdentifier, roleName }) => ({ identifier: roleIdentifier, name: roleName }))}
      />
    ),
  },
  {
    header: 'API keys',
    width: 120,
    cell: ({ tokensCount }) => (
      <Text span size="sm" c="dimmed">
        {tokensCount === 0 ? 'None' : tokensCount}
      </Text>
    ),
  },
  {
    header: 'Last updated',
    width: 160,
    cell: ({ lastModifiedAt }) => (
      <Text span size="sm" c="dimmed">
        <RelativeTime time={lastModifiedAt} />
      </Text>
    ),
  },
];

/** The identities of programs. */
export function ServiceAccountsPage() {
  const paging = usePagedSearch();
  const accounts = useServiceAccounts(paging.search);
  const navigate = useNavigate();
  const mayEdit = useMay('core_serviceaccount_edit');
  const mayDelete = useMay('core_serviceaccount_delete');
  const [creating, dialog] = useDisclosure();
  const asked = useAsked<ServiceAccountAggregate>();
  const save = useSaveServiceAccount();
  const open = (accountId: string): void =>
    void navigate({ to: '/settings/access-control/service-accounts/$accountId', params: { accountId } });
  const deedsOf = (item: ServiceAccountAggregate): RowDeed[] => [
    {
      label: 'View',
      icon: <IconEye size={16} aria-hidden />,
      onSelect: () => open(item.serviceAccount.identifier),
    },
    ...(mayDelete
      ? [
          {
            label: 'Delete',
            icon: <IconTrash size={16} aria-hidden />,
            destructive: true,
            onSelect: (button: HTMLElement | null) => asked.ask(item, button),
          },
        ]
      : []),
  ];
  const create = mayEdit && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
      New service account
    </Button>
  );
  return (
    <AccessControlPage
      title="Service accounts"
      description="The identities of programs, such as Terraform or a build server. They act by API keys."
      actions={create}
    >
      <EntityList
        what="service accounts"
        query={accounts}
        paging={paging}
        searchIn="name, ID or description"
        columns={COLUMNS}
        keyOf={({ serviceAccount }) => serviceAccount.identifier}
        actions={(item) => <RowMenu name={item.serviceAccount.name} deeds={deedsOf(item)} />}
        empty={
          <EmptyState icon={<IconRobot size={24} aria-hidden />} title="No service accounts yet">
            Make one for each program, give it only the roles it needs, and an API key. It goes on working when the
            person who set it up leaves.
          </EmptyState>
        }
      />
      <DescribedDialog
        opened={creating}
        onClose={dialog.close}
        what="service account"
        onSave={async (account) => open((await save(account, 'new')).identifier)}
      />
      {asked.subject && <DeleteServiceAccountDialog item={asked.subject} opened={asked.opened} onClose={asked.close} />}
    </AccessControlPage>
  );
}
