import { IconPlugX } from '@tabler/icons-react';
import { ApiFailure } from '../../../lib/api.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { ButtonLink } from '../../../ui/links.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { connectorsTrail } from '../../../ui/trails.ts';

interface Props {
  readonly identifier: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** A connector that can't be shown: gone, or out of reach for now. */
export function ConnectorUnavailable({ identifier, error, onRetry }: Props) {
  const gone = error instanceof ApiFailure && error.isNotFound;
  return (
    <>
      <PageHeader title={identifier} trail={connectorsTrail} />
      {gone ? (
        <EmptyState
          icon={<IconPlugX size={24} aria-hidden />}
          title="There is no such connector"
          action={<ButtonLink to="/settings/connectors">See all connectors</ButtonLink>}
        >
          No connector has the ID <span className="wl-mono">{identifier}</span>. It may have been deleted.
        </EmptyState>
      ) : (
        <ErrorPanel error={error} title="The connector could not be loaded" onRetry={onRetry} />
      )}
    </>
  );
}
