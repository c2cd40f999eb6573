import { Outlet, useMatches } from '@tanstack/react-router';
import type { Permission } from '@wardline/contracts';
import { Permitted } from '../features/identity/permitted.tsx';
import { Shell } from './shell.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** A page for whoever is not signed in; it stands without the shell. */
    entrance?: true;
    /** The right at the account level that the page is for; none for everyone who is signed in. */
    needs?: Permission;
  }
}

/** What every screen stands in: the shell, with who is signed in and may see it, or nothing. */
export function Root() {
  const matches = useMatches();
  if (matches.some(({ staticData }) => staticData.entrance)) return <Outlet />;
  const needs = matches.find(({ staticData }) => staticData.needs)?.staticData.needs;
  return (
    <Shell>
      <Permitted needs={needs}>
        <Outlet />
      </Permitted>
    </Shell>
  );
}
