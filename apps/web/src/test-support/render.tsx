import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { Providers } from '../app/providers.tsx';
import { createAppRouter } from '../app/router.tsx';
import { createQueryClient } from '../lib/query-client.ts';

/** Without waiting between retries; a test has no time for a server that is starting. */
function testQueryClient() {
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false, staleTime: 0 } });
  return client;
}

/** The whole console at an address, as a browser would open it. */
export function renderApp(path: string) {
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const queryClient = testQueryClient();
  const view = render(
    <Providers queryClient={queryClient} env="test">
      <RouterProvider router={router} />
    </Providers>,
  );
  return { ...view, router, queryClient, user: userEvent.setup() };
}

/** One component with everything it stands on, for a piece that needs no screen of its own. */
export function renderUi(element: ReactElement) {
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <main id="main">{element}</main>,
  });
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory() });
  const queryClient = testQueryClient();
  const view = render(
    <Providers queryClient={queryClient} env="test">
      <RouterProvider router={router as never} />
    </Providers>,
  );
  return { ...view, queryClient, user: userEvent.setup() };
}
