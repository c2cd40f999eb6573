import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { listSearchSchema } from '../features/connectors/list-search.ts';
import { takeLinkToken } from '../features/identity/links/link-token.ts';
import { signInSearchSchema } from '../features/identity/return-to.ts';
import { isWizardStep, type WizardStepId } from '../lib/wizard-steps.ts';
import { accessRoutes } from './access-routes.ts';
import { NotFound, RouteError } from './rare-screens.tsx';
import { root } from './root-route.ts';
import { secretRoutes } from './secret-routes.ts';

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings', replace: true });
  },
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

const connectors = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors',
  validateSearch: listSearchSchema,
  staticData: { needs: 'core_connector_view' },
  component: lazyRouteComponent(() => import('../features/connectors/list/connectors-page.tsx'), 'ConnectorsPage'),
});

const chooser = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/new',
  staticData: { needs: 'core_connector_edit' },
  component: lazyRouteComponent(() => import('../features/connectors/chooser/chooser-page.tsx'), 'ChooserPage'),
});

/** A step that the wizard does not have is a page that does not exist. */
function parseStep(step: string): WizardStepId {
  if (!isWizardStep(step)) throw notFound();
  return step;
}

const createIndex = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/new/aws-kms',
  beforeLoad: () => {
    throw redirect({ to: '/settings/connectors/new/aws-kms/$step', params: { step: 'overview' }, replace: true });
  },
});

const createWizard = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/new/aws-kms/$step',
  params: { parse: ({ step }) => ({ step: parseStep(step) }) },
  staticData: { needs: 'core_connector_edit' },
  component: lazyRouteComponent(() => import('./wizard-routes.tsx'), 'CreateWizardRoute'),
});

const connector = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/$connectorId',
  staticData: { needs: 'core_connector_view' },
  component: lazyRouteComponent(() => import('../features/connectors/page/connector-page.tsx'), 'ConnectorPage'),
});

const editIndex = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/$connectorId/edit',
  beforeLoad: ({ params: { connectorId } }) => {
    throw redirect({
      to: '/settings/connectors/$connectorId/edit/$step',
      params: { connectorId, step: 'overview' },
      replace: true,
    });
  },
});

const editWizard = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/$connectorId/edit/$step',
  params: { parse: ({ connectorId, step }) => ({ connectorId, step: parseStep(step) }) },
  staticData: { needs: 'core_connector_edit' },
  component: lazyRouteComponent(() => import('./wizard-routes.tsx'), 'EditWizardRoute'),
});

const delegates = createRoute({
  getParentRoute: () => root,
  path: '/settings/delegates',
  staticData: { needs: 'core_delegate_view' },
  component: lazyRouteComponent(() => import('../features/delegates/list/delegates-page.tsx'), 'DelegatesPage'),
});

const delegateTokens = createRoute({
  getParentRoute: () => root,
  path: '/settings/delegates/tokens',
  staticData: { needs: 'core_delegate_view' },
  component: lazyRouteComponent(() => import('../features/delegates/tokens/tokens-page.tsx'), 'DelegateTokensPage'),
});

const simulator = createRoute({
  getParentRoute: () => root,
  path: '/settings/simulator',
  component: lazyRouteComponent(() => import('../features/simulator/simulator-page.tsx'), 'SimulatorPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/identity/account/account-page.tsx'), 'AccountPage'),
});

const entrance = { entrance: true } as const;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearchSchema,
  staticData: entrance,
  component: lazyRouteComponent(() => import('../features/identity/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** The token of a one-time link leaves the address bar before anything is shown. */
function takeToken({ location: { hash, pathname } }: { location: { hash: string; pathname: string } }): void {
  if (takeLinkToken(hash)) throw redirect({ to: pathname, hash: '', replace: true });
}

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  staticData: entrance,
  beforeLoad: takeToken,
  component: lazyRouteComponent(() => import('../features/identity/links/one-time-link-page.tsx'), 'SetupPage'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  staticData: entrance,
  beforeLoad: takeToken,
  component: lazyRouteComponent(() => import('../features/identity/links/one-time-link-page.tsx'), 'InvitationPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  staticData: entrance,
  beforeLoad: takeToken,
  component: lazyRouteComponent(() => import('../features/identity/links/one-time-link-page.tsx'), 'ResetPasswordPage'),
});

const routeTree = root.addChildren([
  home,
  settings,
  connectors,
  chooser,
  createIndex,
  createWizard,
  connector,
  editIndex,
  editWizard,
  delegates,
  delegateTokens,
  simulator,
  account,
  ...secretRoutes,
  ...accessRoutes,
  signIn,
  setup,
  invitation,
  resetPassword,
]);

/** All screens of the console. The history is the browser's, or one in memory for tests. */
export function createAppRouter(history: RouterHistory) {
  return createRouter({
    routeTree,
    history,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: RouteError,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
