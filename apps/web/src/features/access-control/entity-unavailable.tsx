import { IconQuestionMark } from '@tabler/icons-react';
import { ApiFailure } from '../../lib/api.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { type Crumb, PageHeader } from '../../ui/page-header.tsx';

interface Props {
  /** What it would be: “role”. */
  readonly what: string;
  readonly identifier: string;
  /** The pages above, of which the last lists what there is. */
  readonly trail: readonly Crumb[];
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Something of access control that could not be loaded: it is not there, or something went wrong. */
export function EntityUnavailable({ what, identifier, trail, error, onRetry }: Props) {
  const code = error instanceof ApiFailure ? error.body?.code : undefined;
  const missing = error instanceof ApiFailure && (error.isNotFound || code === 'INVALID_REQUEST');
  const list = trail.at(-1);
  if (!missing) {
    return (
      <>
        <PageHeader title={identifier} trail={trail} />
        <ErrorPanel error={error} title={`The ${what} could not be loaded`} onRetry={onRetry} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={`There is no such ${what}`} trail={trail} />
      <EmptyState
        icon={<IconQuestionMark size={24} aria-hidden />}
        title="Nothing has this ID"
        action={list && <AnchorLink {...list.link}>See all {list.label.toLowerCase()}</AnchorLink>}
      >
        There is no {what} <span className="wl-mono">{identifier}</span> at the account level. Maybe it was deleted.
      </EmptyState>
    </>
  );
}
