import { Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { Finding } from '@wardline/contracts';
import classes from './finding-panel.module.css';
import { FixCard } from './fix-card.tsx';

interface Props {
  readonly finding: Finding;
  /** `warning` where the connection works all the same. */
  readonly severity?: 'error' | 'warning';
  /** The same may stand elsewhere on the page: then it is no landmark. */
  readonly repeated?: boolean;
}

/** A named cause: what happened, why, and every fix, complete and ready to copy. */
export function FindingPanel({ finding, severity = 'error', repeated = false }: Props) {
  const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle;
  return (
    <section
      role={repeated ? 'group' : undefined}
      className={classes.panel}
      data-severity={severity}
      aria-label={finding.title}
    >
      <div className={classes.title}>
        <Icon size={18} aria-hidden />
        <Text component="h3" size="sm" fw={620} m={0}>
          {finding.title}
        </Text>
      </div>
      <Text size="sm" className={classes.explanation}>
        {finding.explanation}
      </Text>
      {finding.fixes.length > 0 && (
        <Stack gap="md" mt="md">
          <Text component="h4" size="xs" fw={600} c="dimmed" m={0}>
            How to fix it
          </Text>
          {finding.fixes.map((fix) => (
            <FixCard key={`${fix.kind} ${fix.title} ${fix.target ?? ''}`} fix={fix} repeated={repeated} />
          ))}
        </Stack>
      )}
      <Text size="xs" c="dimmed" mt="sm">
        Cause: <code>{finding.code}</code>
      </Text>
    </section>
  );
}
