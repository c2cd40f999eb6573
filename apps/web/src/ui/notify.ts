import type { NotificationData } from '@mantine/notifications';
import { create } from 'zustand';

/** Whether anything was ever announced: until then, what shows it need not be loaded. */
export const useNotified = create<{ notified: boolean }>(() => ({ notified: false }));

/** Shows a short message that goes away by itself: the outcome of something that was just done. */
export function notify(message: NotificationData): void {
  useNotified.setState({ notified: true });
  void import('@mantine/notifications').then(({ showNotification }) =>
    showNotification({ closeButtonProps: { 'aria-label': 'Dismiss' }, ...message }),
  );
}
