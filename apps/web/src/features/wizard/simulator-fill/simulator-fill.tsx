import { Button, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFlask } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SimulatorSeed } from '@wardline/contracts';
import { useState } from 'react';
import { Announce } from '../../../ui/announce.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useMay } from '../../identity/use-may.ts';
import { useSettings } from '../../settings/api/get-settings.ts';
import { useSimulator } from '../../simulator/api/get-simulator.ts';
import { useWizard } from '../wizard-context.ts';
import { createUserSecrets } from './create-user-secrets.ts';
import { type FillChoice, fillChanges, workingChoice } from './fill-values.ts';
import { SeedChoice } from './seed-choice.tsx';
import classes from './simulator-fill.module.css';

/** Ready-made values of the local simulator, while it is on. */
export function SimulatorFill() {
  return useSettings().data?.simulator ? <FillPanel /> : null;
}

function FillPanel() {
  const { data: seed } = useSimulator();
  const { draft } = useWizard();
  // An access key comes in as two new secrets.
  const mayFill = useMay('core_secret_edit') || draft.credentialType !== 'ManualConfig';
  if (!mayFill) return null;
  return (
    <section className={classes.panel} aria-label="Local simulator">
      <IconFlask size={18} aria-hidden />
      <div className={classes.body}>
        {seed ? <Fill seed={seed} /> : <Text size="sm">The local simulator is on.</Text>}
      </div>
    </section>
  );
}

/** Writes the choice into the draft, once a simulated user's access key lies in the Built-in Secret Manager. */
function useFill() {
  const { draft, update } = useWizard();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (choice: FillChoice) => {
      const manual = draft.credentialType === 'ManualConfig' && choice.user;
      const secrets = manual ? await createUserSecrets(queryClient, manual) : {};
      update({ ...fillChanges(draft, choice), ...secrets });
    },
    gcTime: 0,
  });
}

function Fill({ seed }: { readonly seed: SimulatorSeed }) {
  const { draft } = useWizard();
  const [choosing, { toggle }] = useDisclosure();
  const [chosen, setChosen] = useState<Partial<FillChoice>>({});
  const fill = useFill();
  const choice = { ...workingChoice(draft.credentialType, seed), ...chosen };
  const manual = draft.credentialType === 'ManualConfig';
  return (
    <>
      <div className={classes.row}>
        <div>
          <Text size="sm" fw={550}>
            The local simulator is on
          </Text>
          <Text size="xs" c="dimmed">
            {manual
              ? 'Fills in a key, and puts a simulated user’s access key into two secrets.'
              : 'Fills in values that work, without an AWS account.'}
          </Text>
        </div>
        <Group gap={6} className={classes.actions}>
          <Button size="xs" variant="subtle" onClick={toggle} aria-expanded={choosing}>
            Choose values
          </Button>
          <Button size="xs" variant="light" onClick={() => fill.isPending || fill.mutate(choice)}>
            Fill from the simulator
          </Button>
        </Group>
      </div>
      <Collapse expanded={choosing} keepMounted={false}>
        <SeedChoice
          seed={seed}
          type={draft.credentialType}
          choice={choice}
          onChoose={(part) => setChosen({ ...chosen, ...part })}
        />
      </Collapse>
      {fill.error && <ErrorPanel title="The secrets couldn’t be created" error={fill.error} />}
      <Announce>{fill.isSuccess && 'Filled in from the simulator.'}</Announce>
    </>
  );
}
