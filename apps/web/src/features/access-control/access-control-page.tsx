import { type ReactNode, useEffect, useRef } from 'react';
import { PlainLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import classes from './access-control-page.module.css';
import { SECTIONS } from './sections.ts';
import { accessTrail } from './trails.ts';
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
  const tabs = useRef<HTMLElement>(null);
  // Where the tabs don't fit, the current one is in sight.
  useEffect(() => {
    const current = tabs.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (tabs.current && current) tabs.current.scrollLeft = current.offsetLeft - tabs.current.offsetLeft - 40;
  }, []);
  const sections = SECTIONS.filter(({ needs }) => lacked([needs]).length === 0);
  return (
    <>
      <PageHeader title={title} trail={accessTrail} description={description} actions={actions} />
      <nav ref={tabs} aria-label="Access control" className={classes.tabs}>
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
