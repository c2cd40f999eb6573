import { Badge, Skeleton, Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { SecretResponse } from '@wardline/contracts';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { secretsTrail } from '../../../ui/trails.ts';
import { useAsked } from '../../../ui/use-asked.ts';
import { EntityUnavailable } from '../../access-control/entity-unavailable.tsx';
import { TagList } from '../../connectors/tag-list.tsx';
import { useSecret } from '../api/get-secret.ts';
import { DeleteSecretDialog } from '../delete-secret-dialog.tsx';
import { EditSecretDialog } from '../edit-secret-dialog.tsx';
import { ProofStatus } from '../proof-status.tsx';
import { ReplaceFileDialog } from '../replace-file-dialog.tsx';
import { ReplaceValueDialog } from '../replace-value-dialog.tsx';
import { TYPE_WORDS } from '../words.ts';
import { PageActions, type PageDeed } from './page-actions.tsx';
import classes from './secret-page.module.css';
import { SecretTabs } from './secret-tabs.tsx';

const route = getRouteApi('/settings/secrets/$secretId');

/** One secret: what it is, whether it can be read, its value for whoever may, its versions and users. */
export function SecretPage() {
  const { secretId } = route.useParams();
  const { data, error, refetch } = useSecret(secretId);
  if (data) return <LoadedSecret key={secretId} item={data} />;
  if (error) {
    return (
      <EntityUnavailable what="secret" identifier={secretId} trail={secretsTrail} error={error} onRetry={refetch} />
    );
  }
  return (
    <>
      <PageHeader title={secretId} trail={secretsTrail} description={<Skeleton height={14} width={220} my={4} />} />
      <Skeleton height={420} radius="lg" aria-busy="true" />
    </>
  );
}

function LoadedSecret({ item }: { readonly item: SecretResponse }) {
  const { secret, proof } = item;
  const { name, identifier, description, tags, type } = secret;
  const navigate = useNavigate();
  const asked = useAsked<PageDeed>();
  const dialog = { opened: asked.opened, onClose: asked.close };
  return (
    <>
      <PageHeader
        title={name}
        trail={secretsTrail}
        beside={
          <>
            <Badge variant="light" tt="none" fw={500}>
              {TYPE_WORDS[type]}
            </Badge>
            <ProofStatus proof={proof} layout="line" />
          </>
        }
        description={
          <Stack gap={6}>
            <CopyValue value={identifier} what="ID" />
            {description && <span className={classes.description}>{description}</span>}
            <TagList tags={tags} />
          </Stack>
        }
        actions={<PageActions type={type} onAsk={asked.ask} />}
      />
      <SecretTabs item={item} />
      {asked.subject === 'edit' && <EditSecretDialog item={item} {...dialog} />}
      {asked.subject === 'replace' && type === 'SecretText' && <ReplaceValueDialog item={item} {...dialog} />}
      {asked.subject === 'replace' && type === 'SecretFile' && <ReplaceFileDialog item={item} {...dialog} />}
      {asked.subject === 'delete' && (
        <DeleteSecretDialog secret={secret} {...dialog} onDeleted={() => void navigate({ to: '/settings/secrets' })} />
      )}
    </>
  );
}
