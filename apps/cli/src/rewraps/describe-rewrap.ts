import type { Rewrap } from '@wardline/contracts';
import { referenceTo } from '../server/address.ts';
import { isoTime } from '../terminal/iso-time.ts';
import { printable } from '../terminal/printable.ts';

/** A rewrap as `--json` has it. Times are ISO 8601 in UTC. */
export function describeRewrap({ startedAt, updatedAt, finishedAt, failures, ...rewrap }: Rewrap) {
  return {
    ...rewrap,
    failures: failures.map(({ orgIdentifier, projectIdentifier, ...failure }) => ({
      reference: referenceTo({ ...failure, orgIdentifier, projectIdentifier }),
      org: orgIdentifier,
      project: projectIdentifier,
      ...failure,
    })),
    startedAt: isoTime(startedAt),
    updatedAt: isoTime(updatedAt),
    finishedAt: isoTime(finishedAt),
  };
}

/** What became of a rewrap, with every failure that is known. */
export function rewrapReport(rewrap: Rewrap): string {
  const { state, from, to, total, rewrapped, unchanged, failed } = rewrap;
  const ends =
    from.reference === to.reference
      ? `under the present key of ${to.reference}`
      : `from ${from.reference} to ${to.reference}`;
  const words = { running: 'is running', done: 'is done', cancelled: 'was cancelled' }[state];
  const counts = `${rewrapped} of ${total} secrets encrypted anew, ${unchanged} already were, ${failed} failed`;
  const { failures } = describeRewrap(rewrap);
  const lines = failures.map(({ reference, message }) => printable(`  ${reference}: ${message}\n`));
  const more = failed > lines.length ? `  and ${failed - lines.length} more\n` : '';
  return `The rewrap ${ends} ${words}: ${counts}.\n${lines.join('')}${more}`;
}
