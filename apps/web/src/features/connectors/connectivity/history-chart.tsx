import { VisuallyHidden } from '@mantine/core';
import type { ConnectivityBucket } from '@wardline/contracts';
import { formatExact } from '../../../lib/format.ts';
import { formatDuration } from '../../trace/format-duration.ts';
import classes from './history-chart.module.css';

/** How all tests of one part of the time came out. */
function stateOf({ passed, failed }: ConnectivityBucket) {
  if (failed === 0) return passed === 0 ? 'none' : 'passed';
  return passed === 0 ? 'failed' : 'mixed';
}

function wordsFor({ passed, failed, findings }: ConnectivityBucket): string {
  const counts = [...(passed > 0 ? [`${passed} passed`] : []), ...(failed > 0 ? [`${failed} failed`] : [])];
  const because = findings.length > 0 ? ` (${findings.join(', ')})` : '';
  return counts.length === 0 ? 'not tested' : `${counts.join(', ')}${because}`;
}

function summaryOf(buckets: readonly ConnectivityBucket[]): string {
  const passed = buckets.reduce((sum, bucket) => sum + bucket.passed, 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
  return passed + failed === 0
    ? 'No test in this time.'
    : `${passed} ${passed === 1 ? 'test' : 'tests'} passed and ${failed} failed in this time.`;
}

interface Props {
  readonly buckets: readonly ConnectivityBucket[];
  /** What the left end of the chart is, e.g. "24 hours ago". */
  readonly begins: string;
}

/** One bar for each part of the time, the higher the worse; the same as a table for those who don't see it. */
export function HistoryChart({ buckets, begins }: Props) {
  return (
    <figure className={classes.figure}>
      <div className={classes.bars} aria-hidden="true">
        {buckets.map((bucket) => (
          <span
            key={bucket.from}
            className={classes.bar}
            data-state={stateOf(bucket)}
            title={`${formatExact(bucket.from)}: ${wordsFor(bucket)}`}
          />
        ))}
      </div>
      <div className={classes.ends} aria-hidden="true">
        <span>{begins}</span>
        <span>now</span>
      </div>
      <figcaption className={classes.summary}>{summaryOf(buckets)}</figcaption>
      <VisuallyHidden>
        <HistoryTable buckets={buckets} />
      </VisuallyHidden>
    </figure>
  );
}

function HistoryTable({ buckets }: { readonly buckets: readonly ConnectivityBucket[] }) {
  const tested = buckets.filter((bucket) => stateOf(bucket) !== 'none');
  if (tested.length === 0) return null;
  return (
    <table>
      <caption>Tests of the connection over time</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Outcome</th>
          <th scope="col">Longest test</th>
        </tr>
      </thead>
      <tbody>
        {tested.map((bucket) => (
          <tr key={bucket.from}>
            <th scope="row">{formatExact(bucket.from)}</th>
            <td>{wordsFor(bucket)}</td>
            <td>{formatDuration(bucket.slowestMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
