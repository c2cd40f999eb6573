import { Button, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import type { ApiKeyType } from '@wardline/contracts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Panel } from '../../ui/panel.tsx';
import rows from '../../ui/rows.module.css';
import { type KeyOwner, useTokens } from './api/list-tokens.ts';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import { TokenRow } from './token-row.tsx';

interface Props {
  readonly owner: KeyOwner;
  /** Whether one may make, rotate and revoke them: one's own always. */
  readonly mayManage?: boolean;
}

const WORDS = {
  USER: {
    description: 'For Terraform, scripts and other programs that act as you, with your rights.',
    none: 'You have none. A program that runs for everyone gets a service account rather than a key of yours.',
  },
  SERVICE_ACCOUNT: {
    description: 'What its programs prove with who they are. Each has the rights of the service account.',
    none: 'None yet: nothing can act as this service account.',
  },
} as const satisfies Record<ApiKeyType, object>;

/** The API keys of an owner: each is shown once, and ends by expiry or by being revoked. */
export function ApiKeysPanel({ owner, mayManage = true }: Props) {
  const { data: tokens, error, refetch } = useTokens(owner);
  const [creating, dialog] = useDisclosure();
  const words = WORDS[owner.apiKeyType];
  return (
    <Panel
      title="API keys"
      description={words.description}
      actions={
        mayManage && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={dialog.open}>
            New API key
          </Button>
        )
      }
    >
      {!tokens && !error && <Skeleton height={48} />}
      {!tokens && error && (
        <ErrorPanel error={error} title="The API keys could not be listed" onRetry={() => void refetch()} />
      )}
      {tokens?.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      )}
      {tokens && tokens.length > 0 && (
        <ul className={rows.list} aria-label="API keys">
          {tokens.map((item) => (
            <TokenRow
              key={`${item.token.apiKeyIdentifier} ${item.token.identifier}`}
              owner={owner}
              item={item}
              mayManage={mayManage}
            />
          ))}
        </ul>
      )}
      <CreateTokenDialog owner={owner} opened={creating} onClose={dialog.close} />
    </Panel>
  );
}
