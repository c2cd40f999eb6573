import { useRouter, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useWhoAmI } from '../features/identity/api/get-who-am-i.ts';
import { ApiFailure } from '../lib/api.ts';
import { useSignInAgain } from '../lib/sign-in-again.ts';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';
import { UnreachableBanner } from './unreachable-banner.tsx';

const ErrorPanel = lazy(async () => ({ default: (await import('../ui/error-panel.tsx')).ErrorPanel }));
const SignInAgain = lazy(async () => ({
  default: (await import('../features/identity/sign-in/sign-in-again-dialog.tsx')).SignInAgainDialog,
}));

/** The frame around every screen: header, navigation, and the place where the screen stands. For whoever is signed in. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const { data: me, error, refetch } = useWhoAmI();
  const asked = useSignInAgain((state) => state.asked);

  // A link that vanishes with its screen takes the keyboard's place with it: put it on the new screen.
  useEffect(() => {
    if (pathname && document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [pathname]);

  if (!me && !error) return <div aria-busy="true" />;
  if (!me && error instanceof ApiFailure && error.isSignedOut) return <ToSignIn />;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <Header me={me} />
      <aside className={classes.sidebar}>
        <div className={classes.sticky}>{me && <Navigation />}</div>
      </aside>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <UnreachableBanner />
        {me ? children : <Suspense>{error && <ErrorPanel error={error} onRetry={() => void refetch()} />}</Suspense>}
      </main>
      <Suspense>{me && asked && <SignInAgain me={me} />}</Suspense>
    </div>
  );
}

/** Nobody is signed in: that comes first, and leads back here. Once, since the way there is another location. */
function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const returnTo = router.latestLocation.href;
    void router.navigate({ to: '/sign-in', search: { returnTo }, replace: true });
  }, [router]);
  return null;
}
