import { IconMapOff } from '@tabler/icons-react';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/links.tsx';

export function NotFound() {
  return (
    <>
      <title>Page not found · Wardline</title>
      <EmptyState
        icon={<IconMapOff size={24} aria-hidden />}
        title="This page does not exist"
        action={<ButtonLink to="/settings">Go to Settings</ButtonLink>}
      >
        The address may be mistyped, or what it named may have been deleted.
      </EmptyState>
    </>
  );
}
