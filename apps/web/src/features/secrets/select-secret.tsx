import { Group, Pagination, Skeleton, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useBuiltInSecrets } from './api/list-secrets.ts';
import classes from './secrets.module.css';

interface Props {
  /** The ID of the secret in use, marked in the list. */
  readonly current: string;
  readonly onSelect: (identifier: string) => void;
}

/** Picks one of the secrets in the Built-in Secret Manager. */
export function SelectSecret({ current, onSelect }: Props) {
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [term] = useDebouncedValue(search, 200);
  const { data, error, refetch, isPending } = useBuiltInSecrets(term, page - 1);
  return (
    <Stack gap="sm">
      <TextInput
        aria-label="Search secrets"
        placeholder="Search by name or ID"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setPage(1);
        }}
      />
      <div className={classes.results}>
        {error && <ErrorPanel title="The secrets can’t be listed" error={error} onRetry={() => void refetch()} />}
        {isPending && <Skeleton height={58} role="status" aria-label="Loading secrets" />}
        {data?.empty && (
          <Text size="sm" c="dimmed" ta="center" py="xl">
            {term ? `No secret matches “${term}”.` : 'There is no secret yet. Create the first one.'}
          </Text>
        )}
        {data && !data.empty && (
          <ul className={classes.list} aria-label="Secrets">
            {data.content.map(({ secret, updatedAt }) => (
              <li key={secret.identifier}>
                <UnstyledButton
                  className={classes.option}
                  aria-current={secret.identifier === current || undefined}
                  onClick={() => onSelect(secret.identifier)}
                >
                  <span className={classes.optionWords}>
                    <Text component="span" size="sm" fw={550}>
                      {secret.name}
                    </Text>
                    <Text component="span" c="dimmed" className="wl-mono">
                      {secret.identifier}
                    </Text>
                  </span>
                  <Text component="span" size="xs" c="dimmed">
                    <RelativeTime time={updatedAt} />
                  </Text>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
      </div>
      {data && data.totalPages > 1 && (
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {data.totalItems} secrets
          </Text>
          <Pagination
            size="sm"
            total={data.totalPages}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          />
        </Group>
      )}
    </Stack>
  );
}
