import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { AuditEventResponse } from '@wardline/contracts';
import { useId, useState } from 'react';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { EventDetails } from './event-details.tsx';
import classes from './event-list.module.css';
import { sentenceOf } from './sentence.ts';

/** One event as a sentence, which opens to all that is known of it. */
export function EventRow({ event }: { readonly event: AuditEventResponse }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { actor, deed, object, rest } = sentenceOf(event);
  const count = typeof event.details.count === 'number' ? event.details.count : 1;
  return (
    <li>
      <UnstyledButton
        className={classes.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen((now) => !now)}
      >
        <span className={classes.dot} data-outcome={event.outcome} aria-hidden="true" />
        <span className={classes.sentence}>
          <strong>{actor}</strong> {deed}
          {object && (
            <>
              {' '}
              <strong>{object}</strong>
            </>
          )}
          {rest}
          {count > 1 && ` (${count} times)`}
        </span>
        <span className={classes.time}>
          <RelativeTime time={event.timestamp} />
        </span>
        <IconChevronRight size={16} aria-hidden className={classes.chevron} />
      </UnstyledButton>
      <div id={id} hidden={!open}>
        {open && <EventDetails event={event} />}
      </div>
    </li>
  );
}
