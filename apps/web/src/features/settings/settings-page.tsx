import { Skeleton, Stack, Title } from '@mantine/core';
import {
  IconApi,
  IconFlask,
  IconHistory,
  IconKey,
  IconPlugConnected,
  IconServer2,
  IconUsers,
} from '@tabler/icons-react';
import card from '../../ui/card.module.css';
import { CardFace } from '../../ui/card-face.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { PlainLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMayViewAccess } from '../access-control/use-may-view-access.ts';
import { useConnectorStats } from '../connectors/api/get-stats.ts';
import { useMay } from '../identity/use-may.ts';
import { useSettings } from './api/get-settings.ts';
import { ServerPanel } from './server-panel.tsx';
import classes from './settings.module.css';

/** Where everything starts: the account's resources, and what there is to know about this server. What arrives late stands last. */
export function SettingsPage() {
  const { data: settings, error, refetch } = useSettings();
  const mayViewConnectors = useMay('core_connector_view');
  const maySeeSecrets = useMay('core_secret_view');
  const mayViewDelegates = useMay('core_delegate_view');
  const mayViewAccess = useMayViewAccess();
  const mayViewAudit = useMay('core_audit_view');
  return (
    <>
      <PageHeader title="Settings" description="Everything in this account, and the server that keeps it." />
      <Stack gap="xl">
        <section aria-labelledby="account-resources">
          <Title order={2} id="account-resources" mb="sm">
            Account-level resources
          </Title>
          <ul className={classes.grid}>
            {mayViewConnectors && (
              <li>
                <PlainLink to="/settings/connectors" className={card.card}>
                  <CardFace icon={<IconPlugConnected size={22} stroke={1.7} aria-hidden />} title="Connectors">
                    AWS KMS keys that protect your secrets, and whether Wardline can reach them.
                    <span className={classes.count}>
                      <ConnectorCount />
                    </span>
                  </CardFace>
                </PlainLink>
              </li>
            )}
            {maySeeSecrets && (
              <li>
                <PlainLink to="/settings/secrets" className={card.card}>
                  <CardFace icon={<IconKey size={22} stroke={1.7} aria-hidden />} title="Secrets">
                    Passwords, keys, tokens and files, encrypted under your keys, with every version and every reading
                    on record.
                  </CardFace>
                </PlainLink>
              </li>
            )}
            {mayViewDelegates && (
              <li>
                <PlainLink to="/settings/delegates" className={card.card}>
                  <CardFace icon={<IconServer2 size={22} stroke={1.7} aria-hidden />} title="Delegates">
                    Processes inside your networks that talk to AWS from there, and the tokens they connect with.
                  </CardFace>
                </PlainLink>
              </li>
            )}
            {mayViewAccess && (
              <li>
                <PlainLink to="/settings/access-control" className={card.card}>
                  <CardFace icon={<IconUsers size={22} stroke={1.7} aria-hidden />} title="Access control">
                    Users, groups and service accounts, the roles that they have, and the API keys of programs.
                  </CardFace>
                </PlainLink>
              </li>
            )}
            {mayViewAudit && (
              <li>
                <PlainLink to="/settings/audit" className={card.card}>
                  <CardFace icon={<IconHistory size={22} stroke={1.7} aria-hidden />} title="Audit log">
                    Who did what, from where, and what came of it. Verifiable from the first event to the last.
                  </CardFace>
                </PlainLink>
              </li>
            )}
            <li>
              <a href="/api/docs" className={card.card}>
                <CardFace icon={<IconApi size={22} stroke={1.7} aria-hidden />} title="API reference">
                  Every call that this console makes, for Terraform, SDKs and your own tools.
                </CardFace>
              </a>
            </li>
            {settings?.simulator && (
              <li>
                <PlainLink to="/settings/simulator" className={card.card}>
                  <CardFace icon={<IconFlask size={22} stroke={1.7} aria-hidden />} title="Local simulator">
                    Keys, users and roles to try everything with. Needs no AWS account.
                  </CardFace>
                </PlainLink>
              </li>
            )}
          </ul>
        </section>
        {!settings && !error && <Skeleton height={340} radius="lg" />}
        {settings && <ServerPanel settings={settings} />}
        {error && !settings && (
          <ErrorPanel error={error} title="The server’s settings could not be read" onRetry={refetch} />
        )}
      </Stack>
    </>
  );
}

/** How many there are and how many fail; nothing until it is known. */
function ConnectorCount() {
  const { data } = useConnectorStats();
  if (!data) return null;
  const total = data.statusStats.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 'None yet.';
  const failing = data.statusStats.find(({ status }) => status === 'FAILURE')?.count ?? 0;
  return failing === 0 ? `${total} so far.` : `${total} so far, ${failing} failing.`;
}
