import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { LIST_PAGE_SIZE } from '../api/list-connectors.ts';
import classes from './list.module.css';

interface Props {
  readonly page: number;
  readonly shown: number;
  readonly total: number;
  /** Leads to the next page; null on the last. */
  readonly nextToken: string | null;
  readonly onNext: (token: string) => void;
  readonly onPrevious: () => void;
}

/** Which rows of how many, and the ways to the pages beside this one. */
export function ListPager({ page, shown, total, nextToken, onNext, onPrevious }: Props) {
  const first = (page - 1) * LIST_PAGE_SIZE + 1;
  return (
    <Group component="nav" aria-label="Pages" justify="space-between" mt="md">
      <Text size="sm" c="dimmed" role="status" className={shown === 0 ? classes.hidden : undefined}>
        {shown === 0 ? 'Nothing found' : `${first}–${first + shown - 1} of ${total}`}
      </Text>
      {(page > 1 || nextToken) && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            disabled={page === 1}
            onClick={onPrevious}
            leftSection={<IconChevronLeft size={14} aria-hidden />}
          >
            Previous
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={!nextToken}
            onClick={() => nextToken && onNext(nextToken)}
            rightSection={<IconChevronRight size={14} aria-hidden />}
          >
            Next
          </Button>
        </Group>
      )}
    </Group>
  );
}
