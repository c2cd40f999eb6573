import { useQueryClient } from '@tanstack/react-query';
import { type ProfileChange, profileSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { profileQuery } from './get-profile.ts';
import { whoAmIQuery } from './get-who-am-i.ts';

/** Stores what one is called, which shows wherever one is named. */
export function useSaveProfile(): (change: ProfileChange) => Promise<void> {
  const queryClient = useQueryClient();
  return async (body) => {
    const profile = await apiRequest({ method: 'PUT', path: '/api/auth/profile', body, schema: profileSchema });
    queryClient.setQueryData(profileQuery.queryKey, profile);
    await queryClient.invalidateQueries({ queryKey: whoAmIQuery.queryKey });
  };
}
