import { Stack, Text } from '@mantine/core';
import type { Rewrap, RewrapFailure } from '@wardline/contracts';
import { Panel } from '../../../ui/panel.tsx';
import { EntityLink } from '../../connectors/entity-link.tsx';
import { FindingPanel } from '../../trace/finding-panel.tsx';
import classes from './rewrap.module.css';

/** Failures with one cause: the same finding needs to be read once. */
interface Group {
  readonly key: string;
  readonly first: RewrapFailure;
  readonly secrets: readonly RewrapFailure[];
}

function groupsOf(failures: readonly RewrapFailure[]): Group[] {
  const keyOf = ({ finding, message }: RewrapFailure) => (finding ? `${finding.code} ${finding.explanation}` : message);
  return failures
    .filter((failure, index) => failures.findIndex((other) => keyOf(other) === keyOf(failure)) === index)
    .map((first) => ({
      key: keyOf(first),
      first,
      secrets: failures.filter((failure) => keyOf(failure) === keyOf(first)),
    }));
}

/** What could not be moved and why, with the fixes; grouped by cause. */
export function FailuresPanel({ rewrap: { failures, failed } }: { readonly rewrap: Rewrap }) {
  return (
    <Panel
      title="What could not be moved"
      description="These stay as they were and can be read as before. Fix the cause, then move secrets again."
    >
      <Stack gap="lg">
        {groupsOf(failures).map(({ key, first, secrets }) => (
          <Stack gap="xs" key={key}>
            {first.finding ? (
              <FindingPanel finding={first.finding} repeated />
            ) : (
              <Text size="sm" c="var(--wl-failure)">
                {first.message}
              </Text>
            )}
            <ul className={classes.failures}>
              {secrets.map((secret) => (
                <li key={`${secret.orgIdentifier} ${secret.projectIdentifier} ${secret.identifier}`}>
                  <EntityLink entity={{ ...secret, type: 'Secrets' }} kindIsSaid />
                </li>
              ))}
            </ul>
          </Stack>
        ))}
        {failed > failures.length && (
          <Text size="sm" c="dimmed">
            and {failed - failures.length} more
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
