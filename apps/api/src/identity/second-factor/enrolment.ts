import type { SecondFactorEnrolment } from '@wardline/contracts';
import type { Identity } from '../identity.ts';
import { changeOwnSecondFactor, type SessionCaller } from './own-second-factor.ts';
import { wrongCode } from './refusal.ts';

/** Whatever a step of the enrolment did, with the cookies that the browser is to keep: the session is another one then. */
interface Done<T> {
  readonly result: T;
  readonly cookies: readonly string[];
}

/**
 * Begins to set up a second factor: a new secret and recovery codes, which count for nothing until a code confirms them.
 * @throws WardlineError INVALID_REQUEST for a wrong password, and where there is a second factor.
 */
export async function beginEnrolment(
  identity: Identity,
  caller: SessionCaller,
  password: string,
): Promise<Done<SecondFactorEnrolment>> {
  const { response, cookies } = await changeOwnSecondFactor(identity, caller, {
    kind: 'second-factor-change',
    proof: 'password',
    call: (api, headers) => api.enableTwoFactor({ body: { password, method: 'totp' }, headers, returnHeaders: true }),
  });
  if (!('totpURI' in response)) throw new Error('The sign-in library made no secret.');
  const secret = new URL(response.totpURI).searchParams.get('secret') ?? '';
  return { result: { otpauthUri: response.totpURI, secret, recoveryCodes: response.backupCodes }, cookies };
}

/** Makes the second factor count. @throws WardlineError INVALID_REQUEST for a wrong code. */
export async function confirmEnrolment(
  identity: Identity,
  caller: SessionCaller,
  code: string,
): Promise<Done<Record<string, never>>> {
  const { storage, now } = identity;
  const { cookies } = await changeOwnSecondFactor(identity, caller, {
    kind: 'second-factor-change',
    proof: 'code',
    // The code that sets it up does not sign in as well.
    before: async ({ id }) => {
      if (!(await storage.unrecorded(({ usedCodes }) => usedCodes.take(id, code, now())))) throw wrongCode();
    },
    call: (api, headers) => api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
  });
  return { result: {}, cookies };
}

/** Makes new recovery codes; the old ones are void. @throws WardlineError INVALID_REQUEST */
export async function renewRecoveryCodes(
  identity: Identity,
  caller: SessionCaller,
  password: string,
): Promise<Done<{ recoveryCodes: string[] }>> {
  const { response, cookies } = await changeOwnSecondFactor(identity, caller, {
    kind: 'new-recovery-codes',
    proof: 'password',
    call: (api, headers) => api.generateBackupCodes({ body: { password }, headers, returnHeaders: true }),
  });
  return { result: { recoveryCodes: response.backupCodes }, cookies };
}

/** Turns the second factor off, and its recovery codes. @throws WardlineError INVALID_REQUEST */
export async function disableSecondFactor(
  identity: Identity,
  caller: SessionCaller,
  password: string,
): Promise<Done<Record<string, never>>> {
  const { cookies } = await changeOwnSecondFactor(identity, caller, {
    kind: 'second-factor-change',
    proof: 'password',
    call: (api, headers) => api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }),
  });
  return { result: {}, cookies };
}
