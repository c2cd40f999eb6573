import { Navigate } from '@tanstack/react-router';
import { useWhoAmI } from '../identity/api/get-who-am-i.ts';
import { SECTIONS } from './sections.ts';
import { useLacked } from './use-held.ts';

/** Leads to the first list that one may see; to the first of all where there is none, which says what is missing. */
export function AccessControlIndex() {
  const { data: me } = useWhoAmI();
  const lacked = useLacked();
  if (!me) return null;
  const section = SECTIONS.find(({ needs }) => lacked([needs]).length === 0) ?? SECTIONS[0];
  return <Navigate {...section.link} replace />;
}
