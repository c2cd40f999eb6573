import { type LinkRedemption, type SignInResult, signInResultSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

/** Uses a one-time link up, which sets a password and signs one in. */
export function redeemLink(body: LinkRedemption): Promise<SignInResult> {
  const call = { method: 'POST', path: '/api/auth/links/redeem', anonymous: true } as const;
  return apiRequest({ ...call, body, schema: signInResultSchema });
}
