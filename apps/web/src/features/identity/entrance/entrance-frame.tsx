import { Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { ColorSchemeToggle } from '../../../ui/color-scheme-toggle.tsx';
import { LogoMark } from '../../../ui/logo-mark.tsx';
import classes from './entrance.module.css';

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** A page before one is signed in: the name of the product, and one thing to do. */
export function EntranceFrame({ title, description, children }: Props) {
  const card = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another thing to do, whose first field takes the keyboard.
  useEffect(() => {
    card.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [title]);
  return (
    <div className={classes.page}>
      <title>{`${title} · Wardline`}</title>
      <header className={classes.header}>
        <span className={classes.brand}>
          <LogoMark />
          Wardline
        </span>
        <ColorSchemeToggle />
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <div ref={card} className={classes.card}>
          <Stack gap={6} mb="lg">
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {description && <div className={classes.description}>{description}</div>}
          </Stack>
          {children}
        </div>
      </main>
    </div>
  );
}
