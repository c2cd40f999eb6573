import { useQueryClient } from '@tanstack/react-query';
import {
  type PasswordProof,
  recoveryCodesSchema,
  type SecondFactorEnrolment,
  secondFactorEnrolmentSchema,
} from '@wardline/contracts';
import { z } from 'zod';
import { apiRequest } from '../../../lib/api.ts';
import { profileQuery } from './get-profile.ts';

const path = '/api/auth/second-factor';

/** Begins to set up the second factor; it counts only when a code of it is confirmed. */
export function enrolSecondFactor(body: PasswordProof): Promise<SecondFactorEnrolment> {
  return apiRequest({ method: 'POST', path: `${path}/enrolment`, body, schema: secondFactorEnrolmentSchema });
}

/** Makes new recovery codes; the old ones are void. */
export async function renewRecoveryCodes(body: PasswordProof): Promise<readonly string[]> {
  const call = { method: 'POST', path: `${path}/recovery-codes`, body } as const;
  return (await apiRequest({ ...call, schema: recoveryCodesSchema })).recoveryCodes;
}

/** Switches the second factor on with a code of it, and off with the password. */
export function useSecondFactor() {
  const queryClient = useQueryClient();
  const change = async (step: string, body: object): Promise<void> => {
    await apiRequest({ method: 'POST', path: `${path}/${step}`, body, schema: z.unknown() });
    await queryClient.invalidateQueries({ queryKey: profileQuery.queryKey });
  };
  return {
    confirm: (code: string) => change('enrolment/confirm', { code }),
    disable: (proof: PasswordProof) => change('disable', proof),
  };
}
