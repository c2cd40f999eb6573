import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';

interface Props {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly shown: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Which items of how many, and the ways to the pages beside this one. Nothing where there is nothing to list. */
export function Pager({ page, pageSize, shown, total, onPage }: Props) {
  const first = (page - 1) * pageSize + 1;
  const last = first + shown - 1;
  return (
    <Group component="nav" aria-label="Pages" justify="space-between" mt="md">
      <Text size="sm" c="dimmed" role="status">
        {shown > 0 && `${first}–${last} of ${total}`}
      </Text>
      {(page > 1 || last < total) && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            disabled={page === 1}
            onClick={() => onPage(page - 1)}
            leftSection={<IconChevronLeft size={14} aria-hidden />}
          >
            Previous
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={last >= total}
            onClick={() => onPage(page + 1)}
            rightSection={<IconChevronRight size={14} aria-hidden />}
          >
            Next
          </Button>
        </Group>
      )}
    </Group>
  );
}
