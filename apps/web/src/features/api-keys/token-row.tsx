import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { NO_EXPIRY, type TokenAggregate } from '@wardline/contracts';
import { formatDay, formatExact } from '../../lib/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import rows from '../../ui/rows.module.css';
import { StatusWord } from '../../ui/status-word.tsx';
import type { KeyOwner } from './api/list-tokens.ts';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';

interface Props {
  readonly owner: KeyOwner;
  readonly item: TokenAggregate;
}

/** One key: what it is called, until when it works, when it was last used. */
export function TokenRow({ owner, item: { token, expiryAt, createdAt, lastUsedAt } }: Props) {
  const [asking, dialog] = useDisclosure();
  return (
    <li className={rows.row}>
      <IconKey size={20} stroke={1.6} aria-hidden className={rows.icon} />
      <div className={rows.words}>
        <Group gap={10}>
          <Text size="sm" fw={550}>
            {token.name}
          </Text>
          {!token.valid && <StatusWord tone="failure">Expired</StatusWord>}
          {expiryAt === NO_EXPIRY && <StatusWord tone="warning">No expiry</StatusWord>}
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
            <>
              , {token.valid ? 'expires' : 'expired'}{' '}
              <time dateTime={new Date(expiryAt).toISOString()} title={formatExact(expiryAt)}>
                {formatDay(expiryAt)}
              </time>
            </>
          )}
        </Text>
      </div>
      <Button size="xs" variant="default" onClick={dialog.open} aria-label={`Revoke ${token.name}`}>
        Revoke
      </Button>
      <RevokeTokenDialog owner={owner} token={token} opened={asking} onClose={dialog.close} />
    </li>
  );
}
