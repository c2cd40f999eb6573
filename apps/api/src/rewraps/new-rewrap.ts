import { v7 as uuid } from 'uuid';
import type { Actor } from '../access/principal.ts';
import { madeBy } from '../secrets/made-by.ts';
import type { Stores } from '../stores.ts';
import type { StoredRewrap } from './stored-rewrap.ts';

/** Stores a rewrap that is to be worked on; in the transaction of whatever makes it needed. */
export async function newRewrap(
  { rewraps }: Pick<Stores, 'rewraps'>,
  actor: Actor,
  about: Pick<StoredRewrap, 'cause' | 'place' | 'from' | 'to' | 'identifiers'>,
  now: string,
): Promise<StoredRewrap> {
  const rewrap: StoredRewrap = {
    ...about,
    id: uuid(),
    state: 'running',
    lastSecretId: '',
    total: await rewraps.count(about),
    rewrapped: 0,
    unchanged: 0,
    failed: 0,
    startedBy: madeBy(actor),
    startedAt: now,
    updatedAt: now,
    finishedAt: null,
  };
  await rewraps.insert(rewrap);
  return rewrap;
}
