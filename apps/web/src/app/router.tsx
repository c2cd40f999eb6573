import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { listSearchSchema } from '../features/connectors/list-search.ts';
import { isWizardStep, type WizardStepId } from '../lib/wizard-steps.ts';
import { NotFound } from './not-found.tsx';
import { RouteError } from './route-error.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell });

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
  component: lazyRouteComponent(() => import('../features/connectors/list/connectors-page.tsx'), 'ConnectorsPage'),
});

const chooser = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/new',
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
  component: lazyRouteComponent(() => import('./wizard-routes.tsx'), 'CreateWizardRoute'),
});

const connector = createRoute({
  getParentRoute: () => root,
  path: '/settings/connectors/$connectorId',
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
  component: lazyRouteComponent(() => import('./wizard-routes.tsx'), 'EditWizardRoute'),
});

const simulator = createRoute({
  getParentRoute: () => root,
  path: '/settings/simulator',
  component: lazyRouteComponent(() => import('../features/simulator/simulator-page.tsx'), 'SimulatorPage'),
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
  simulator,
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
