import { IconLock } from '@tabler/icons-react';
import { PERMISSIONS, type Permission } from '@wardline/contracts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useWhoAmI } from './api/get-who-am-i.ts';

/** In place of a page that one may not see: the right that it takes, and whom to ask. */
export function NoAccess({ permission }: { readonly permission: Permission }) {
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
