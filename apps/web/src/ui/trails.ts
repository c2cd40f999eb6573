import { linkOptions } from '@tanstack/react-router';
import type { Crumb } from './page-header.tsx';

/** Where account-level pages live: Settings → Account-level resources. */
export const accountTrail: readonly Crumb[] = [
  { label: 'Settings', link: linkOptions({ to: '/settings' }) },
  { label: 'Account-level resources', link: linkOptions({ to: '/settings', hash: 'account-resources' }) },
];

/** The pages above a connector. */
export const connectorsTrail: readonly Crumb[] = [
  ...accountTrail,
  { label: 'Connectors', link: linkOptions({ to: '/settings/connectors' }) },
];

/** New Connector → Secret Managers, before the wizard's own name. */
export const newConnectorTrail: readonly Crumb[] = [
  ...connectorsTrail,
  { label: 'New Connector', link: linkOptions({ to: '/settings/connectors/new' }) },
];

/** The pages above a secret. */
export const secretsTrail: readonly Crumb[] = [
  ...accountTrail,
  { label: 'Secrets', link: linkOptions({ to: '/settings/secrets' }) },
];

/** The pages above a rewrap. */
export const rewrapsTrail: readonly Crumb[] = [
  ...secretsTrail,
  { label: 'Rewraps', link: linkOptions({ to: '/settings/rewraps' }) },
];
