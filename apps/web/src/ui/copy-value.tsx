import { CopyButton } from './copy-button.tsx';
import classes from './copy-value.module.css';

interface Props {
  readonly value: string;
  /** What it is, for the copy button's label. */
  readonly what: string;
}

/** An identifier, an ARN, an address: in full, ready to copy. */
export function CopyValue({ value, what }: Props) {
  return (
    <span className={classes.value}>
      <span className="wl-mono">{value}</span>
      <CopyButton value={value} what={what} />
    </span>
  );
}
