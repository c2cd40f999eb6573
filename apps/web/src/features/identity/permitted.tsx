import type { Permission } from '@wardline/contracts';
import { lazy, type ReactNode, Suspense } from 'react';
import { useMay } from './use-may.ts';

const NoAccess = lazy(async () => ({ default: (await import('./no-access.tsx')).NoAccess }));

/** A page for whoever has the right to it; others read which right that is. Without `needs` it is for everyone. */
export function Permitted({
  needs,
  children,
}: {
  readonly needs: Permission | undefined;
  readonly children: ReactNode;
}) {
  return needs === undefined ? children : <NeedsRight permission={needs}>{children}</NeedsRight>;
}

function NeedsRight({ permission, children }: { readonly permission: Permission; readonly children: ReactNode }) {
  return useMay(permission) ? (
    children
  ) : (
    <Suspense>
      <NoAccess permission={permission} />
    </Suspense>
  );
}
