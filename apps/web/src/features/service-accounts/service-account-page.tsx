import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ServiceAccountAggregate } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { notify } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { DescribedDialog } from '../access-control/described-dialog.tsx';
import { EntityUnavailable } from '../access-control/entity-unavailable.tsx';
import { serviceAccountsTrail } from '../access-control/trails.ts';
import { ApiKeysPanel } from '../api-keys/api-keys-panel.tsx';
import { useMay } from '../identity/use-may.ts';
import { RolesPanel } from '../role-assignments/roles-panel.tsx';
import { useServiceAccount } from './api/get-service-account.ts';
import { useSaveServiceAccount } from './api/save-service-account.ts';
import { DeleteServiceAccountDialog } from './delete-service-account-dialog.tsx';

const route = getRouteApi('/settings/access-control/service-accounts/$accountId');
const trail = serviceAccountsTrail;

/** One service account: its API keys and its roles. */
export function ServiceAccountPage() {
  const { accountId } = route.useParams();
  const { data, error, refetch } = useServiceAccount(accountId);
  if (data) return <LoadedServiceAccount item={data} />;
  if (error) {
    return (
      <EntityUnavailable what="service account" identifier={accountId} trail={trail} error={error} onRetry={refetch} />
    );
  }
  return (
    <>
      <PageHeader title={accountId} trail={trail} description={<Skeleton height={14} width={220} my={4} />} />
      <Skeleton height={320} radius="lg" />
    </>
  );
}

function LoadedServiceAccount({ item }: { readonly item: ServiceAccountAggregate }) {
  const { identifier, name, description, tags } = item.serviceAccount;
  const navigate = useNavigate();
  const mayEdit = useMay('core_serviceaccount_edit');
  const mayDelete = useMay('core_serviceaccount_delete');
  const mayManageKeys = useMay('core_serviceaccount_manageapikey');
  const [editing, editor] = useDisclosure();
  const [deleting, deletion] = useDisclosure();
  const save = useSaveServiceAccount();
  return (
    <>
      <PageHeader
        title={name}
        trail={trail}
        description={
          <Stack gap={6}>
            <CopyValue value={identifier} what="ID" />
            {description}
          </Stack>
        }
        actions={
          <>
            {mayEdit && (
              <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={editor.open}>
                Edit
              </Button>
            )}
            {mayDelete && (
              <Button
                variant="default"
                c="var(--wl-failure)"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={deletion.open}
              >
                Delete
              </Button>
            )}
          </>
        }
      />
      <Stack gap="md">
        <ApiKeysPanel
          owner={{ apiKeyType: 'SERVICE_ACCOUNT', parentIdentifier: identifier }}
          mayManage={mayManageKeys}
        />
        <RolesPanel
          holder={{ type: 'SERVICE_ACCOUNT', identifier, name }}
          none="None: it can do nothing until it is given a role."
        />
      </Stack>
      <DescribedDialog
        opened={editing}
        onClose={editor.close}
        what="service account"
        existing={item.serviceAccount}
        onSave={async (changed) => {
          await save({ ...changed, tags }, 'changed');
          notify({ color: 'green', message: `Saved ${changed.name}.` });
        }}
      />
      <DeleteServiceAccountDialog
        item={item}
        opened={deleting}
        onClose={deletion.close}
        onDeleted={() => void navigate({ to: '/settings/access-control/service-accounts' })}
      />
    </>
  );
}
