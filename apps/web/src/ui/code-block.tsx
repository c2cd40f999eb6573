import classes from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

interface Props {
  readonly code: string;
  /** What it is, shown above the text and used for the copy button's label. */
  readonly title: string;
}

/** What the box surely has room for. */
const FITTING_LINES = 16;

/** A document or a command to copy. Long lines wrap: nothing scrolls sideways. */
export function CodeBlock({ code, title }: Props) {
  return (
    <figure className={classes.block}>
      <figcaption className={classes.caption}>
        <span>{title}</span>
        <CopyButton value={code} what={title} />
      </figcaption>
      <pre
        className={classes.code}
        // What is longer than its box scrolls, also without a mouse.
        {...(code.split('\n').length > FITTING_LINES && { tabIndex: 0, role: 'region', 'aria-label': title })}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
