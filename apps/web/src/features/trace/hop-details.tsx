import type { HopResult } from '@wardline/contracts';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './trace.module.css';

interface Row {
  readonly name: string;
  readonly value: string;
  readonly copy?: boolean;
}

function rowsOf({ aws, where, startedAt, facts }: HopResult): Row[] {
  const rows: Row[] = facts.map(({ name, value }) => ({ name, value }));
  if (aws) {
    rows.push({ name: 'AWS operation', value: aws.operation });
    rows.push({ name: 'Answer', value: aws.httpStatus ? `${aws.code} · HTTP ${aws.httpStatus}` : aws.code });
    if (aws.message) rows.push({ name: 'Message', value: aws.message });
    if (aws.requestId) rows.push({ name: 'Request ID', value: aws.requestId, copy: true });
  }
  rows.push({ name: 'Ran on', value: `${where.name} (${where.hostName})` });
  rows.push({ name: 'Started', value: startedAt });
  return rows;
}

/** Everything that one hop found out. */
export function HopDetails({ result }: { readonly result: HopResult }) {
  return (
    <dl className={classes.facts}>
      {rowsOf(result).map(({ name, value, copy }) => (
        <div key={`${name} ${value}`} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            {value}
            {copy && <CopyButton value={value} what={name.toLowerCase()} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
