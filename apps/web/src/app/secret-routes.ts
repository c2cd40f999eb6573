import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import {
  newSecretSearchSchema,
  rewrapsSearchSchema,
  secretSearchSchema,
  secretsSearchSchema,
} from '../features/secrets/secrets-search.ts';
import { root } from './root-route.ts';

const screens = () => import('./secret-screens.ts');

const secrets = createRoute({
  getParentRoute: () => root,
  path: '/settings/secrets',
  validateSearch: secretsSearchSchema,
  staticData: { needs: 'core_secret_view' },
  component: lazyRouteComponent(screens, 'SecretsPage'),
});

/** `new` is no ID that a secret could have: it is a reserved word. */
const newSecret = createRoute({
  getParentRoute: () => root,
  path: '/settings/secrets/new',
  validateSearch: newSecretSearchSchema,
  staticData: { needs: 'core_secret_edit' },
  component: lazyRouteComponent(screens, 'NewSecretPage'),
});

const secret = createRoute({
  getParentRoute: () => root,
  path: '/settings/secrets/$secretId',
  validateSearch: secretSearchSchema,
  staticData: { needs: 'core_secret_view' },
  component: lazyRouteComponent(screens, 'SecretPage'),
});

const rewraps = createRoute({
  getParentRoute: () => root,
  path: '/settings/rewraps',
  validateSearch: rewrapsSearchSchema,
  staticData: { needs: 'core_secret_view' },
  component: lazyRouteComponent(screens, 'RewrapsPage'),
});

const rewrap = createRoute({
  getParentRoute: () => root,
  path: '/settings/rewraps/$rewrapId',
  staticData: { needs: 'core_secret_view' },
  component: lazyRouteComponent(screens, 'RewrapPage'),
});

/** The screens of secrets. */
export const secretRoutes = [secrets, newSecret, secret, rewraps, rewrap] as const;
