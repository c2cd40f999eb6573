import { IconLock } from '@tabler/icons-react';
import { PERMISSIONS, type Permission } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useWhoAmI } from './api/get-who-am-i.ts';
import { useMay } from './use-may.ts';

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
  return useMay(permission) ? children : <NoAccess permission={permission} />;
}

function NoAccess({ permission }: { readonly permission: Permission }) {
  const { data: me } = useWhoAmI();
  return (
    <>
      <PageHeader title="You may not see this" />
      <EmptyState
        icon={<IconLock size={24} aria-hidden />}
        title="A right is missing"
        action={<ButtonLink to="/settings">Go to Settings</ButtonLink>}
      >
        This page needs “{PERMISSIONS[permission].title}” (<span className="wl-mono">{permission}</span>) at the account
        level. Ask an administrator of this Wardline for a role that has it
        {me && (
          <>
            ; they know you as <strong>{me.principal.identifier}</strong>
          </>
        )}
        .
      </EmptyState>
    </>
  );
}
