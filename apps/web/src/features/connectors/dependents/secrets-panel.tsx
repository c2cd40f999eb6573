import { Group, Stack, Text } from '@mantine/core';
import { formatReference, type SecretManager } from '@wardline/contracts';
import { AnchorLink } from '../../../ui/links.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { type StatusTone, StatusWord } from '../../../ui/status-word.tsx';
import { useMay } from '../../identity/use-may.ts';
import { useManagers } from '../../secrets/api/list-managers.ts';
import { isSameManager } from '../../secrets/words.ts';
import { Dependents, dependText } from './dependents.tsx';

/** The secrets that a connector keeps, and whether they can be read. */
export function SecretsPanel({ identifier }: { readonly identifier: string }) {
  const maySee = useMay('core_secret_view');
  const mayMove = useMay('core_secret_edit');
  const reference = formatReference({ level: 'account', identifier });
  return (
    <Panel
      title="Secrets"
      description="What is encrypted under this connector’s key."
      actions={
        maySee && (
          <AnchorLink size="sm" to="/settings/secrets" search={{ manager: reference }}>
            See all
          </AnchorLink>
        )
      }
    >
      <Stack gap="md">
        {maySee && <Proven reference={reference} />}
        <Dependents
          identifier={identifier}
          none={
            <Text span size="sm" c="dimmed">
              Nothing uses this connector, so it can be deleted.
            </Text>
          }
          some={(count) => `${dependText(count)} on it:`}
        />
        {mayMove && <Move reference={reference} />}
      </Stack>
    </Panel>
  );
}

const isOf = (reference: string) => (manager: SecretManager) => isSameManager(manager.reference, reference);

/** How sure it is that all of them can be read. */
function Proven({ reference }: { readonly reference: string }) {
  const manager = useManagers().data?.managers.find(isOf(reference));
  if (!manager || manager.secrets === 0) return null;
  const { tone, words } = provenWords(manager);
  return (
    <Group gap="xs">
      <StatusWord tone={tone}>{words}</StatusWord>
      {manager.provenSince !== null && (
        <Text span size="xs" c="dimmed">
          the oldest proof <RelativeTime time={manager.provenSince} />
        </Text>
      )}
    </Group>
  );
}

function provenWords({ failed, overdue, provenSince }: SecretManager): { tone: StatusTone; words: string } {
  if (failed > 0) return { tone: 'failure', words: `${failed} could not be read` };
  if (overdue > 0) return { tone: 'warning', words: `${overdue} not proven in time` };
  if (provenSince === null) return { tone: 'neutral', words: 'Not all proven readable yet' };
  return { tone: 'success', words: 'All proven readable' };
}

function Move({ reference }: { readonly reference: string }) {
  const manager = useManagers().data?.managers.find(isOf(reference));
  if (!manager || manager.secrets === 0) return null;
  return (
    <AnchorLink size="sm" to="/settings/rewraps" search={{ from: reference }}>
      Move them to another manager
    </AnchorLink>
  );
}
