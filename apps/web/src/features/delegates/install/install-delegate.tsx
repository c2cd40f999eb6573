import { Alert, Button, Group, Skeleton, Stack } from '@mantine/core';
import type { DelegateTokenDetails, Settings } from '@wardline/contracts';
import { useState } from 'react';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useSettings } from '../../settings/api/get-settings.ts';
import { useAgent } from '../api/get-agent.ts';
import { InstallFields } from './install-fields.tsx';
import { checkInstall, type InstallValues } from './install-values.ts';
import { InstallWays } from './install-ways.tsx';
import { TokenChoice } from './token-choice.tsx';
import { WaitForConnection } from './wait-for-connection.tsx';

interface Props {
  readonly tags: readonly string[];
  readonly onDone: () => void;
}

/** Everything that it takes to install a delegate: its values, its token, the commands, and whether it has come. */
export function InstallDelegate(props: Props) {
  const { data: settings, error, refetch } = useSettings();
  if (settings) return <Installation {...props} settings={settings} />;
  if (!error) return <Skeleton height={420} aria-label="Loading" />;
  return <ErrorPanel error={error} title="The server’s settings could not be read" onRetry={() => void refetch()} />;
}

function Installation({ tags, onDone, settings }: Props & { readonly settings: Settings }) {
  const { data: agent, error: agentError } = useAgent();
  const [values, setValues] = useState<InstallValues>({
    name: 'my-delegate',
    tags,
    managerUrl: settings.publicUrl,
    replicas: 1,
    image: `wardline-delegate:${settings.version}`,
    caFile: '',
    proxy: '',
    noProxy: '',
  });
  const [token, setToken] = useState<DelegateTokenDetails>();
  const facts = { accountId: settings.accountIdentifier, version: settings.version, sha256: agent?.sha256 };
  const checked = checkInstall(values, facts, token?.value ?? undefined);
  return (
    <Stack gap="lg">
      <InstallFields values={values} errors={checked.kind === 'wrong' ? checked.errors : {}} onChange={setValues} />
      <TokenChoice chosen={token} suggestedName={values.name} onChoose={setToken} />
      {agentError && <ErrorPanel error={agentError} title="This server cannot give out the agent" />}
      {checked.kind === 'valid' ? (
        <>
          <InstallWays install={checked.install} />
          {token && <WaitForConnection key={checked.install.name} name={checked.install.name} />}
        </>
      ) : (
        <Alert color="yellow" variant="light" role="status">
          Correct the marked values above; then the commands stand here.
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
