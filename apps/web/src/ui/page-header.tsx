import { Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AnchorLink } from './links.tsx';
import classes from './page-header.module.css';

/** A page above the current one. */
export interface Crumb {
  readonly label: string;
  readonly link: LinkProps;
}

interface Props {
  readonly title: string;
  /** The pages above this one, outermost first. */
  readonly trail?: readonly Crumb[];
  readonly description?: ReactNode;
  /** What stands beside the title: a status, a badge. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of a page: breadcrumbs, its one h1, what one can do here. Sets the document's title. */
export function PageHeader({ title, trail = [], description, beside, actions }: Props) {
  return (
    <Stack gap="xs" mb="lg" component="header">
      <title>{`${title} · Wardline`}</title>
      <Breadcrumbs trail={trail} current={title} />
      <div className={classes.row}>
        <Stack gap={4} className={classes.words}>
          <Group gap="sm">
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {beside}
          </Group>
          {description && (
            <Text component="div" size="sm" c="dimmed" maw="75ch">
              {description}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </div>
    </Stack>
  );
}

function Breadcrumbs({ trail, current }: { readonly trail: readonly Crumb[]; readonly current: string }) {
  if (trail.length === 0) return null;
  return (
    <nav aria-label="Breadcrumbs">
      <ol className={classes.trail}>
        {trail.map(({ label, link }) => (
          <li key={label}>
            <AnchorLink {...link} className={classes.crumb} activeOptions={{ exact: true, includeHash: true }}>
              {label}
            </AnchorLink>
            <IconChevronRight size={13} aria-hidden />
          </li>
        ))}
        <li aria-current="page">{current}</li>
      </ol>
    </nav>
  );
}
