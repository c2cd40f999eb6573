import { Button, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { DelegateTokenDetails } from '@wardline/contracts';
import { formatDay, formatExact } from '../../../lib/format.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import rows from '../../../ui/rows.module.css';
import { StatusWord } from '../../../ui/status-word.tsx';
import { useMay } from '../../identity/use-may.ts';
import { useMayReadTokens } from '../api/read-token.ts';
import { TokenValue } from './token-value.tsx';

interface Props {
  readonly token: DelegateTokenDetails;
  readonly onRevoke: () => void;
}

const usersOf = (connected: number): string =>
  connected === 0 ? 'no delegate connected' : `${connected} ${connected === 1 ? 'delegate' : 'delegates'} connected`;

/** One token: what it is called, who uses it, until when it works; its value for whoever may see it. */
export function TokenRow({ token, onRevoke }: Props) {
  const { name, status, createdAt, createdBy, revokeAfter, connectedDelegates } = token;
  const active = status === 'ACTIVE';
  const mayRevoke = useMay('core_delegate_delete');
  const mayRead = useMayReadTokens();
  return (
    <li className={rows.row}>
      <IconKey size={20} stroke={1.6} aria-hidden className={rows.icon} />
      <div className={rows.words}>
        <Group gap={10}>
          <Text size="sm" fw={550}>
            {name}
          </Text>
          {active ? <StatusWord tone="success">Active</StatusWord> : <StatusWord tone="neutral">Revoked</StatusWord>}
        </Group>
        <Text size="xs" c="dimmed" component="div">
          Created <RelativeTime time={createdAt} /> by {createdBy.name}, {usersOf(connectedDelegates)},{' '}
          {revokeAfter === null ? (
            'does not expire'
          ) : (
            <>
              {active ? 'expires' : 'ended by'}{' '}
              <time dateTime={new Date(revokeAfter).toISOString()} title={formatExact(revokeAfter)}>
                {formatDay(revokeAfter)}
              </time>
            </>
          )}
        </Text>
        {active && mayRead && <TokenValue name={name} />}
      </div>
      {active && mayRevoke && (
        <Button size="xs" variant="default" onClick={onRevoke} aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      )}
    </li>
  );
}
