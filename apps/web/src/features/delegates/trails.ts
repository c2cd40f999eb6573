import { linkOptions } from '@tanstack/react-router';
import { accountTrail } from '../../ui/trails.ts';

/** The pages above the tokens of delegates. */
export const delegatesTrail = [
  ...accountTrail,
  { label: 'Delegates', link: linkOptions({ to: '/settings/delegates' }) },
] as const;
