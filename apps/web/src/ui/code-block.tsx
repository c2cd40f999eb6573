import classes from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

interface Props {
  readonly code: string;
  /** What it is, shown above the text and used for the copy button's label. */
  readonly title: string;
}

/** A document or a command to copy. Long lines wrap: nothing scrolls sideways. */
export function CodeBlock({ code, title }: Props) {
  return (
    <figure className={classes.block}>
      <figcaption className={classes.caption}>
        <span>{title}</span>
        <CopyButton value={code} what={title} />
      </figcaption>
      <pre className={classes.code}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
