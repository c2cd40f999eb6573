import { Text } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { CopyButton } from '../../../ui/copy-button.tsx';
import type { HelpDocument } from './documents.ts';
import classes from './help-document.module.css';

interface Props {
  readonly document: HelpDocument;
  readonly initiallyOpen: boolean;
}

/** One AWS document: what it is and where it goes at a glance, its text on demand; it can be copied either way. */
export function HelpDocumentCard({ document: { title, where, body }, initiallyOpen }: Props) {
  const [open, setOpen] = useState(initiallyOpen);
  const bodyId = useId();
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          aria-controls={bodyId}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={15} className={classes.chevron} aria-hidden />
          {title}
        </button>
        <CopyButton value={body} what={title} />
      </div>
      <div id={bodyId} hidden={!open}>
        <Text size="xs" c="dimmed" className={classes.where}>
          {where}
        </Text>
        <pre className={classes.code}>
          <code>{body}</code>
        </pre>
      </div>
    </section>
  );
}
