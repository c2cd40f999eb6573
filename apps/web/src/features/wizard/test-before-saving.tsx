import { Button, Drawer, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { SelectorsInput } from '../delegates/selectors-input.tsx';
import { SettingLinks } from '../trace/setting-links.ts';
import { TestReport } from '../trace/test-report.tsx';
import { useConnectionTest } from '../trace/use-connection-test.ts';
import { useStartOnEntry } from '../trace/use-start-on-entry.ts';
import { draftToRequest } from './draft/draft-request.ts';
import { settingLinksOf } from './setting-links.tsx';
import { delegatesSchema, fieldErrors } from './step-schemas.ts';
import { useWizard } from './wizard-context.ts';

interface Props {
  /** Shows what is missing in this step; true when nothing is. */
  readonly check: () => boolean;
}

/** Tests the draft as it is, without storing it. */
export function TestBeforeSaving({ check }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const { mode } = useWizard();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={16} aria-hidden />}
        onClick={() => check() && open()}
      >
        Test before saving
      </Button>
      <Drawer opened={opened} onClose={close} position="right" size={620} title="Test before saving">
        <Text size="sm" c="dimmed" mb="md">
          The draft is tested as it is. Nothing is stored.
        </Text>
        <SettingLinks value={settingLinksOf(mode, close)}>
          <TestWithDelegate />
        </SettingLinks>
      </Drawer>
    </>
  );
}

/** The test itself; first asks for delegate tags where the credential type needs them and none are chosen yet. */
function TestWithDelegate() {
  const { draft, update } = useWizard();
  const [ready, setReady] = useState(() => Object.keys(fieldErrors(delegatesSchema, draft)).length === 0);
  if (ready) return <RunningDraftTest />;
  const missing = fieldErrors(delegatesSchema, draft).selectors;
  return (
    <Stack align="stretch" gap="md">
      <SelectorsInput
        label="Which delegate runs it"
        description="Tags that the delegate must have. They are kept for Delegates Setup."
        value={draft.selectors}
        onChange={(selectors) => update({ selectors })}
      />
      <Button disabled={missing !== undefined} onClick={() => setReady(true)}>
        Start the test
      </Button>
    </Stack>
  );
}

function RunningDraftTest() {
  const { draft } = useWizard();
  const test = useConnectionTest({ kind: 'draft', connector: draftToRequest(draft) });
  useStartOnEntry(test.start, test.cancel);
  return <TestReport run={test} onRetest={test.start} />;
}
