import { Alert, Skeleton, Stack } from '@mantine/core';
import { IconFlask, IconInfoCircle } from '@tabler/icons-react';
import type { SimulatorSeed } from '@wardline/contracts';
import { ApiFailure } from '../../lib/api.ts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Definition, Definitions } from '../../ui/definitions.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { accountTrail } from '../../ui/trails.ts';
import { useSimulator } from './api/get-simulator.ts';
import { ControlPanel } from './control-panel.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { OidcPanel } from './oidc-panel.tsx';
import { RolesPanel } from './roles-panel.tsx';
import { UsersPanel } from './users-panel.tsx';

/** The ready-made values of the AWS simulator, to copy into the wizard. */
export function SimulatorPage() {
  const { data, error, refetch } = useSimulator();
  return (
    <>
      <PageHeader
        title="Local simulator"
        trail={accountTrail}
        description="An AWS KMS and STS on this server that checks signatures, policies and trust as AWS does. Copy these values into the wizard to see every credential type work, and fail."
      />
      {data && <Seed seed={data} />}
      {!data && error && <Unavailable error={error} onRetry={refetch} />}
      {!data && !error && (
        <Stack aria-busy="true">
          <Skeleton height={64} radius="md" />
          <Skeleton height={130} radius="lg" />
          <Skeleton height={420} radius="lg" />
        </Stack>
      )}
    </>
  );
}

function Unavailable({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  if (error instanceof ApiFailure && error.status === 404) {
    return (
      <EmptyState icon={<IconFlask size={24} aria-hidden />} title="The simulator is off">
        Start the server with <span className="wl-mono">WARDLINE_SIMULATOR=on</span> to try Wardline without an AWS
        account.
      </EmptyState>
    );
  }
  return <ErrorPanel error={error} title="The simulator’s values could not be read" onRetry={onRetry} />;
}

function Seed({ seed }: { readonly seed: SimulatorSeed }) {
  return (
    <Stack>
      <Alert variant="light" icon={<IconInfoCircle size={18} aria-hidden />}>
        These values open nothing but the simulator: they were made on this server and real AWS does not know them.
      </Alert>
      <Panel
        title="Where it is"
        description="In the wizard’s Details step, choose this region. All others are real AWS."
      >
        <Definitions>
          <Definition name="Region">
            <CopyValue value={seed.region} what="region" />
          </Definition>
          <Definition name="AWS account">
            <CopyValue value={seed.accountId} what="AWS account" />
          </Definition>
        </Definitions>
      </Panel>
      <KeysPanel keys={seed.keys} />
      <UsersPanel users={seed.users} />
      <RolesPanel roles={seed.roles} />
      <OidcPanel providers={seed.oidcProviders} />
      {seed.controlUrl && <ControlPanel controlUrl={seed.controlUrl} keys={seed.keys} />}
    </Stack>
  );
}
