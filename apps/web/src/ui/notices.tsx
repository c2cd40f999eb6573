import { lazy, Suspense } from 'react';
import { useNotified } from './notify.ts';

const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

/** The place where notifications appear; nothing until the first one. */
export function Notices() {
  const notified = useNotified((state) => state.notified);
  return <Suspense>{notified && <Notifications position="bottom-right" limit={3} autoClose={5000} />}</Suspense>;
}
