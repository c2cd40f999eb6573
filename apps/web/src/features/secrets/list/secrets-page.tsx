import { IconArrowsExchange, IconKey, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { SecretResponse } from '@wardline/contracts';
import { usePagedSearch } from '../../../lib/paged-search.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ButtonLink } from '../../../ui/links.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { RowMenu } from '../../../ui/row-menu.tsx';
import { accountTrail } from '../../../ui/trails.ts';
import { useAsked } from '../../../ui/use-asked.ts';
import { EntityList } from '../../access-control/entity-list.tsx';
import { useMay } from '../../identity/use-may.ts';
import { useSecrets } from '../api/list-secrets.ts';
import { DeleteSecretDialog } from '../delete-secret-dialog.tsx';
import { EditSecretDialog } from '../edit-secret-dialog.tsx';
import type { SecretsSearch } from '../secrets-search.ts';
import { ProofAlert } from './proof-alert.tsx';
import { SECRET_COLUMNS } from './secret-columns.tsx';
import { SecretsToolbar } from './secrets-toolbar.tsx';
import { type SecretDeed, useSecretDeeds } from './use-secret-deeds.tsx';

const route = getRouteApi('/settings/secrets');

/** For whoever may create one. */
function NewSecret() {
  if (!useMay('core_secret_edit')) return null;
  return (
    <ButtonLink to="/settings/secrets/new" leftSection={<IconPlus size={16} aria-hidden />}>
      New secret
    </ButtonLink>
  );
}

function Rewraps() {
  return (
    <ButtonLink variant="default" to="/settings/rewraps" leftSection={<IconArrowsExchange size={16} aria-hidden />}>
      Rewraps
    </ButtonLink>
  );
}

/** All secrets of the account: find one, see whether it can be read, act on it. Never a value. */
export function SecretsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePagedSearch();
  const secrets = useSecrets(search);
  const asked = useAsked<{ readonly deed: SecretDeed; readonly item: SecretResponse }>();
  const deedsOf = useSecretDeeds((deed, item, opener) => asked.ask({ deed, item }, opener));
  const change = (next: Partial<SecretsSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...next, page: undefined }), replace: true });
  const filtered = Boolean(search.type ?? search.manager ?? search.proof);
  const unused = secrets.data?.totalItems === 0 && !filtered && search.q === undefined;
  return (
    <>
      <PageHeader
        title="Secrets"
        trail={accountTrail}
        description="Passwords, keys, tokens and files, encrypted one by one under the key of their secret manager."
        actions={
          !unused && (
            <>
              <Rewraps />
              <NewSecret />
            </>
          )
        }
      />
      <ProofAlert />
      {unused ? (
        <FirstUse />
      ) : (
        <EntityList
          what="secrets"
          query={secrets}
          paging={paging}
          searchIn="name, ID, tag or description"
          filters={<SecretsToolbar search={search} onChange={change} />}
          filtered={filtered}
          onClear={() => void navigate({ search: {}, replace: true })}
          columns={SECRET_COLUMNS}
          keyOf={({ secret }) => secret.identifier}
          actions={(item) => <RowMenu name={item.secret.name} deeds={deedsOf(item)} />}
          empty={<FirstUse />}
        />
      )}
      {asked.subject?.deed === 'edit' && (
        <EditSecretDialog item={asked.subject.item} opened={asked.opened} onClose={asked.close} />
      )}
      {asked.subject?.deed === 'delete' && (
        <DeleteSecretDialog secret={asked.subject.item.secret} opened={asked.opened} onClose={asked.close} />
      )}
    </>
  );
}

function FirstUse() {
  return (
    <EmptyState icon={<IconKey size={24} aria-hidden />} title="No secrets yet" action={<NewSecret />}>
      A secret is a password, a key, a token or a file that people, programs and scripts need and nobody else may see.
      Wardline encrypts it under a key of yours, keeps every version of it, and hands its value only to whoever has the
      right to read it.
    </EmptyState>
  );
}
