import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { NO_EXPIRY, type TokenAggregate } from '@wardline/contracts';
import { formatDay, formatExact } from '../../lib/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import rows from '../../ui/rows.module.css';
import { StatusWord } from '../../ui/status-word.tsx';
import { HOLDER } from './api/create-token.ts';
import type { KeyOwner } from './api/list-tokens.ts';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import { RotateTokenDialog } from './rotate-token-dialog.tsx';
import { tokenState } from './token-state.ts';

interface Props {
  readonly owner: KeyOwner;
  readonly item: TokenAggregate;
  readonly mayManage: boolean;
}

/** One key: what it is called, until when it works, when it was last used. */
export function TokenRow({ owner, item, mayManage }: Props) {
  const { token, expiryAt, createdAt, lastUsedAt } = item;
  const [revoking, revocation] = useDisclosure();
  const [rotating, rotation] = useDisclosure();
  const now = Date.now();
  const state = tokenState(item, now);
  const ended = expiryAt !== NO_EXPIRY && expiryAt <= now;
  return (
    <li className={rows.row}>
      <IconKey size={20} stroke={1.6} aria-hidden className={rows.icon} />
      <div className={rows.words}>
        <Group gap={10}>
          <Text size="sm" fw={550}>
            {token.name}
          </Text>
          {state && <StatusWord tone={state.tone}>{state.word}</StatusWord>}
        </Group>
        <Text size="xs" c="dimmed">
          Created <RelativeTime time={createdAt} />
          {lastUsedAt === null ? (
            ', never used'
          ) : (
            <>
              , last used <RelativeTime time={lastUsedAt} />
            </>
          )}
          {expiryAt !== NO_EXPIRY && (
            <span title={formatExact(expiryAt)}>{`, ${ended ? 'ended' : 'ends'} ${formatDay(expiryAt)}`}</span>
          )}
          {token.apiKeyIdentifier !== HOLDER.identifier && (
            <>
              , of API key <span className="wl-mono">{token.apiKeyIdentifier}</span>
            </>
          )}
        </Text>
      </div>
      {mayManage && (
        <Group gap={6} className={rows.deeds}>
          {!ended && token.scheduledExpireTime === null && (
            <Button size="xs" variant="default" onClick={rotation.open} aria-label={`Rotate ${token.name}`}>
              Rotate
            </Button>
          )}
          <Button size="xs" variant="default" onClick={revocation.open} aria-label={`Revoke ${token.name}`}>
            Revoke
          </Button>
        </Group>
      )}
      <RotateTokenDialog owner={owner} token={token} opened={rotating} onClose={rotation.close} />
      <RevokeTokenDialog owner={owner} token={token} opened={revoking} onClose={revocation.close} />
    </li>
  );
}
