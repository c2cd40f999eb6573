import type { ErrorComponentProps } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

const LazyNotFound = lazy(async () => ({ default: (await import('./not-found.tsx')).NotFound }));
const LazyRouteError = lazy(async () => ({ default: (await import('./route-error.tsx')).RouteError }));

/** An address that no screen has; loaded when there is one. */
export function NotFound() {
  return (
    <Suspense>
      <LazyNotFound />
    </Suspense>
  );
}

/** A screen that broke; loaded when one does. */
export function RouteError(props: ErrorComponentProps) {
  return (
    <Suspense>
      <LazyRouteError {...props} />
    </Suspense>
  );
}
