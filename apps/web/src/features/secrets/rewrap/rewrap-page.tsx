import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerStop } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { Rewrap } from '@wardline/contracts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import { rewrapsTrail } from '../../../ui/trails.ts';
import { EntityUnavailable } from '../../access-control/entity-unavailable.tsx';
import { useMay } from '../../identity/use-may.ts';
import { useCancelRewrap } from '../api/cancel-rewrap.ts';
import { useRewrap } from '../api/get-rewrap.ts';
import { FailuresPanel } from './failures-panel.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { stateOf, titleOf } from './rewrap-words.ts';

const route = getRouteApi('/settings/rewraps/$rewrapId');

/** One rewrap: how far it is, what it could not move, and its report when it is over. */
export function RewrapPage() {
  const { rewrapId } = route.useParams();
  const { data, error, refetch } = useRewrap(rewrapId);
  if (data) return <LoadedRewrap rewrap={data} />;
  if (error) {
    return (
      <EntityUnavailable what="rewrap" identifier={rewrapId} trail={rewrapsTrail} error={error} onRetry={refetch} />
    );
  }
  return (
    <>
      <PageHeader title="Rewrap" trail={rewrapsTrail} />
      <Skeleton height={240} radius="lg" aria-busy="true" />
    </>
  );
}

function LoadedRewrap({ rewrap }: { readonly rewrap: Rewrap }) {
  const { word, tone } = stateOf(rewrap);
  const mayCancel = useMay('core_secret_edit');
  const [asking, question] = useDisclosure();
  const cancel = useCancelRewrap();
  return (
    <>
      <PageHeader
        title={titleOf(rewrap)}
        trail={rewrapsTrail}
        beside={<StatusWord tone={tone}>{word}</StatusWord>}
        actions={
          rewrap.state === 'running' &&
          mayCancel && (
            <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={question.open}>
              Cancel
            </Button>
          )
        }
      />
      <Stack gap="md">
        <ProgressPanel rewrap={rewrap} />
        {rewrap.failed > 0 && <FailuresPanel rewrap={rewrap} />}
      </Stack>
      <ConfirmDialog
        opened={asking}
        onClose={question.close}
        title="Cancel this rewrap?"
        confirm="Cancel the rewrap"
        dismiss="Let it go on"
        failure="The rewrap goes on"
        run={() => cancel(rewrap.id)}
      >
        It stops after the secret that it is at. What has moved stays under the new key, the rest stays under the old
        one, and all of it can be read. You can begin again later.
      </ConfirmDialog>
    </>
  );
}
