import type { ReactNode } from 'react';
import { PlainLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { accountTrail } from '../../ui/trails.ts';
import classes from './access-control-page.module.css';
import { SECTIONS } from './sections.ts';
import { useLacked } from './use-held.ts';

interface Props {
  readonly title: (typeof SECTIONS)[number]['title'];
  readonly description: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One of the lists of access control, with the ways to the others. */
export function AccessControlPage({ title, description, actions, children }: Props) {
  const lacked = useLacked();
  const sections = SECTIONS.filter(({ needs }) => lacked([needs]).length === 0);
  return (
    <>
      <PageHeader title={title} trail={accountTrail} description={description} actions={actions} />
      <nav aria-label="Access control" className={classes.tabs}>
        <ul>
          {sections.map((section) => (
            <li key={section.title}>
              <PlainLink
                {...section.link}
                activeOptions={{ exact: true, includeSearch: false }}
                className={classes.tab}
              >
                {section.title}
              </PlainLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </>
  );
}
