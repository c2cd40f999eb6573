import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRouterState } from '@tanstack/react-router';
import type { WhoAmI } from '@wardline/contracts';
import { useState } from 'react';
import { AccountButton } from '../features/identity/account-button.tsx';
import { ColorSchemeToggle } from '../ui/color-scheme-toggle.tsx';
import { PlainLink } from '../ui/links.tsx';
import { LogoMark } from '../ui/logo-mark.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';

/** Product name, colour scheme, who is signed in, and on a narrow screen the navigation behind a button. */
export function Header({ me }: { readonly me: WhoAmI | undefined }) {
  const [opened, menu] = useDisclosure(false);
  const href = useRouterState({ select: (state) => state.location.href });
  const [shownAt, setShownAt] = useState(href);
  if (shownAt !== href) {
    setShownAt(href);
    menu.close();
  }
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <PlainLink to="/settings" activeOptions={{ exact: true }} className={classes.brand}>
          <LogoMark />
          Wardline
        </PlainLink>
        <div className={classes.tools}>
          <ColorSchemeToggle />
          {me && <AccountButton me={me} />}
          <Burger
            size="sm"
            opened={opened}
            onClick={menu.toggle}
            className={classes.burger}
            aria-label={opened ? 'Close navigation' : 'Open navigation'}
            aria-expanded={opened}
            aria-controls="mobile-navigation"
          />
        </div>
      </div>
      <div id="mobile-navigation" className={classes.mobile} hidden={!opened}>
        {opened && me && <Navigation />}
      </div>
    </header>
  );
}
