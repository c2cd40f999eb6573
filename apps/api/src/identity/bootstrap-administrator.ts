import { systemActor } from '../access/principal.ts';
import type { Deps } from '../app.ts';
import { ConfigError } from '../config.ts';
import { isUniqueViolation } from '../db/failures.ts';
import { makeFirstAdministrator } from './first-administrator.ts';
import { hashPassword } from './password-hash.ts';
import { weaknessOf } from './password-rules.ts';

/**
 * Makes the first administrator that the configuration names, so that an installation is set up unattended. Does
 * nothing once there is a user.
 * @throws ConfigError for a password that is too easy to guess.
 */
export async function bootstrapAdministrator(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { email, password }: { email: string; password: string },
): Promise<void> {
  if (await storage.signIn.anyUser()) return;
  const weakness = await weaknessOf(password, { email });
  if (weakness) throw new ConfigError(`WARDLINE_BOOTSTRAP_ADMIN_PASSWORD cannot be used. ${weakness}`);
  const passwordHash = await hashPassword(password);
  try {
    await storage.changeIf(systemActor('bootstrap'), async (stores) => {
      const audit = await makeFirstAdministrator(stores, { email, name: email, passwordHash }, now().toISOString());
      return audit && { result: undefined, audit };
    });
  } catch (error) {
    // Another process that starts at the same time made the same user.
    if (!isUniqueViolation(error)) throw error;
  }
}
