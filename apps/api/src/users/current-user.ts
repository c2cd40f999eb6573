import { type CurrentUser, permissionSchema } from '@wardline/contracts';
import type { RequestAccess } from '../access/request-access.ts';
import type { Deps } from '../app.ts';
import { WardlineError } from '../wardline-error.ts';
import { requireUser } from './require-user.ts';

/** The person who asks. @throws WardlineError INVALID_REQUEST for a service account, which is nobody. */
export async function currentUser(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  access: RequestAccess,
): Promise<CurrentUser> {
  const { type, id } = access.identity.principal;
  if (type === 'SERVICE_ACCOUNT') {
    throw new WardlineError('INVALID_REQUEST', 'This API key belongs to a service account, which is no user.', {
      hints: ['Send the API key of a person (pat.…), or ask GET /api/whoami, which answers for both.'],
    });
  }
  const user = requireUser(await storage.users.find(id), id);
  return {
    uuid: user.id,
    name: user.name,
    email: user.email,
    defaultAccountId: config.accountId,
    accounts: [{ uuid: config.accountId, accountName: config.accountId }],
    admin: permissionSchema.options.every((permission) => access.allows(permission, {})),
    twoFactorAuthenticationEnabled: user.secondFactor,
    emailVerified: user.emailVerified,
    locked: user.disabled,
    disabled: user.disabled,
    externallyManaged: false,
  };
}
