import { Alert, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { CREDENTIAL_LABELS, requiresSelectors } from '@wardline/contracts';
import { lazy, Suspense } from 'react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useDelegates } from '../delegates/api/list-delegates.ts';
import { DelegateTable, DelegateTableSkeleton } from '../delegates/delegate-table.tsx';
import { type DelegateMatch, matchDelegates } from '../delegates/match-delegates.ts';
import { SelectorsInput } from '../delegates/selectors-input.tsx';
import { useMay } from '../identity/use-may.ts';
import { selectorModeOf, selectorsOf } from './draft/draft.ts';
import { ChoiceCards } from './fields/choice-cards.tsx';
import { useWizard } from './wizard-context.ts';

const InstallDialog = lazy(async () => ({
  default: (await import('../delegates/install/install-dialog.tsx')).InstallDialog,
}));

interface Props {
  readonly error: string | undefined;
  readonly onBlur: () => void;
}

/** What stands in the way of a test, without blocking: delegates come and go. */
function warningOf(matches: readonly DelegateMatch[]): string | undefined {
  if (matches.length === 0)
    return 'No delegate is registered. You can save the connector; to test it, start a delegate.';
  const matching = matches.filter(({ missing }) => missing.length === 0);
  if (matching.length === 0) {
    return 'No delegate has all of these tags. You can save the connector; to test it, start a delegate that has them.';
  }
  if (matching.some(({ group }) => group.activelyConnected)) return undefined;
  return 'No matching delegate is connected now. You can save the connector; a test fails until one connects.';
}

/** @param forced whether tags must say which delegate. */
const choicesOf = (forced: boolean) =>
  [
    { value: 'any', label: 'Any delegate', description: 'Whichever delegate is connected.', disabled: forced },
    {
      value: 'tagged',
      label: 'Only delegates with all of these tags',
      description: 'When only some delegates can reach AWS, or have the right AWS identity.',
    },
  ] as const;

/** Any delegate, or only those with all of the given tags, and which of them that is now. */
export function DelegateChoice({ error, onBlur }: Props) {
  const { draft, update } = useWizard();
  const forced = requiresSelectors(draft.credentialType);
  const mode = selectorModeOf(draft);
  return (
    <>
      <ChoiceCards
        label="Which delegates may run it"
        choices={choicesOf(forced)}
        value={mode}
        onChange={(selectorMode) => update({ selectorMode })}
        note={
          forced && (
            <Text size="xs" c="dimmed" mt={8}>
              “{CREDENTIAL_LABELS[draft.credentialType]}” uses the AWS identity of a delegate’s host, so tags must say
              which delegates those are.
            </Text>
          )
        }
      />
      {mode === 'tagged' && (
        <SelectorsInput
          label="Delegate tags"
          description="A delegate must have every one of them. Its name and its host’s name count as tags too."
          value={draft.selectors}
          onChange={(selectors) => update({ selectors })}
          error={error}
          onBlur={onBlur}
        />
      )}
      <MatchingDelegates selectors={selectorsOf(draft)} />
    </>
  );
}

/** Without leaving the wizard: its draft stays as it is, and the list shows the delegate when it has come. */
function InstallHere({ selectors }: { readonly selectors: readonly string[] }) {
  const [opened, dialog] = useDisclosure();
  if (!useMay('core_delegate_edit')) return null;
  return (
    <>
      <Button
        mt="sm"
        size="xs"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={dialog.open}
      >
        Install a delegate
      </Button>
      {opened && (
        <Suspense>
          <InstallDialog opened onClose={dialog.close} tags={selectors} />
        </Suspense>
      )}
    </>
  );
}

function MatchingDelegates({ selectors }: { readonly selectors: readonly string[] }) {
  const { data, error, refetch } = useDelegates();
  if (!data) {
    if (!error) return <DelegateTableSkeleton />;
    return <ErrorPanel title="The delegates can’t be listed" error={error} onRetry={() => void refetch()} />;
  }
  const matches = matchDelegates(data, selectors);
  const warning = warningOf(matches);
  const count = matches.filter(({ missing }) => missing.length === 0).length;
  return (
    <div>
      <Group justify="space-between" mb={8}>
        <Text size="sm" fw={550}>
          Delegates
        </Text>
        <Text size="xs" c="dimmed" role="status">
          {count}/{matches.length} matching
        </Text>
      </Group>
      {matches.length > 0 && <DelegateTable matches={matches} />}
      {warning && (
        <Alert color="yellow" variant="light" mt="sm" icon={<IconAlertTriangle size={18} aria-hidden />} role="status">
          {warning}
        </Alert>
      )}
      <InstallHere selectors={selectors} />
    </div>
  );
}
