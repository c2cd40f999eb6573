import { Stack, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { SecretResponse } from '@wardline/contracts';
import { useUsages } from '../../usage/api/list-usages.ts';
import { useVersions } from '../api/list-versions.ts';
import { SECRET_TABS } from '../secrets-search.ts';
import { VersionsPanel } from '../versions/versions-panel.tsx';
import { DetailsPanel } from './details-panel.tsx';
import { FilePanel } from './file-panel.tsx';
import { ProofPanel } from './proof-panel.tsx';
import classes from './secret-page.module.css';
import { UsagesPanel } from './usages-panel.tsx';
import { ValuePanel } from './value-panel.tsx';
import { WaysPanel } from './ways-panel.tsx';

const route = getRouteApi('/settings/secrets/$secretId');

/** The parts of the page; the open one is kept in the URL. */
export function SecretTabs({ item }: { readonly item: SecretResponse }) {
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const { identifier } = item.secret;
  const versions = useVersions(identifier);
  const usages = useUsages('Secrets', identifier);
  const open = (next: string | null): void => {
    const known = SECRET_TABS.find((each) => each === next);
    void navigate({ search: known === 'overview' ? {} : { tab: known }, replace: true });
  };
  return (
    <Tabs value={tab} onChange={open} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="overview">Overview</Tabs.Tab>
        <Tabs.Tab value="versions">
          Versions
          <Count value={versions.data?.totalItems} />
        </Tabs.Tab>
        <Tabs.Tab value="references">
          Referenced by
          <Count value={usages.data?.totalItems} />
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Overview item={item} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <VersionsPanel secret={item.secret} versions={versions} />
      </Tabs.Panel>
      <Tabs.Panel value="references">
        <UsagesPanel usages={usages} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** How many there are, once it is known; its place is kept until then. */
function Count({ value }: { readonly value: number | undefined }) {
  return <span className={classes.count}>{value ?? '\u2007'}</span>;
}

function Overview({ item }: { readonly item: SecretResponse }) {
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        {item.secret.type === 'SecretFile' ? <FilePanel item={item} /> : <ValuePanel secret={item.secret} />}
        <ProofPanel item={item} />
      </Stack>
      <Stack gap="md">
        <DetailsPanel item={item} />
        <WaysPanel secret={item.secret} />
      </Stack>
    </div>
  );
}
