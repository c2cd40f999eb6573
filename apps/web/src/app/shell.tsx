import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';
import { UnreachableBanner } from './unreachable-banner.tsx';

/** The frame around every screen: header, navigation, and the place where the screen stands. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });

  // A link that vanishes with its screen takes the keyboard's place with it: put it on the new screen.
  useEffect(() => {
    if (pathname && document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <Header />
      <aside className={classes.sidebar}>
        <div className={classes.sticky}>
          <Navigation />
        </div>
      </aside>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <UnreachableBanner />
        <Outlet />
      </main>
    </div>
  );
}
