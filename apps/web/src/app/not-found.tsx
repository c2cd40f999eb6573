import { IconMapOff } from '@tabler/icons-react';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { PageHeader } from '../ui/page-header.tsx';

/** An address that no screen has. */
export function NotFound() {
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState
        icon={<IconMapOff size={24} aria-hidden />}
        title="There is nothing at this address"
        action={<ButtonLink to="/settings">Go to Settings</ButtonLink>}
      >
        The address may be mistyped, or what it named may have been deleted.
      </EmptyState>
    </>
  );
}
