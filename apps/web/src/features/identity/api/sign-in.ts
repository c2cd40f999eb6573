import {
  type SecondFactorRequest,
  type SignInRequest,
  type SignInResult,
  signInResultSchema,
} from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

const call = { method: 'POST', schema: signInResultSchema, anonymous: true } as const;

/** Proves who one is by the password: one is in, or the second factor comes next. */
export function signIn(body: SignInRequest): Promise<SignInResult> {
  return apiRequest({ ...call, path: '/api/auth/sign-in', body });
}

/** The second step, with a code of the authenticator app or a recovery code. */
export function sendSecondFactor(body: SecondFactorRequest): Promise<SignInResult> {
  return apiRequest({ ...call, path: '/api/auth/second-factor', body });
}
