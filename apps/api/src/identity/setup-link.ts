import type { UserLink } from '@wardline/contracts';
import { systemActor } from '../access/principal.ts';
import type { Deps } from '../app.ts';
import { issueLink } from './one-time-links/issue-link.ts';

/**
 * The link that makes the first administrator, in place of the one of an earlier start; of processes that start together
 * the last one's holds. Undefined when there is a user already.
 */
export async function makeSetupLink(deps: Pick<Deps, 'storage' | 'config' | 'now'>): Promise<UserLink | undefined> {
  return deps.storage.changeIf(systemActor('setup'), async ({ signIn, oneTimeLinks }) => {
    if (await signIn.anyUser()) return undefined;
    const result = await issueLink(oneTimeLinks, deps, 'setup', null);
    const resource = { type: 'ACCOUNT', identifier: deps.config.accountId } as const;
    return { result, audit: { action: 'INVITE', resource, place: {}, details: { link: 'setup' } } };
  });
}
