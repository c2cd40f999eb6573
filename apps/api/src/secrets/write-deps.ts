import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { ProveUsersDeps } from './credentials/prove-users.ts';
import type { ManagerUser } from './managers/secret-manager.ts';
import type { SealingDeps } from './managers/with-sealing-key.ts';

/** What it takes to store values. */
export type WriteDeps = Pick<Deps, 'storage' | 'config' | 'now'> & SealingDeps;

/** What it takes to store other values than there are. */
export type ChangeDeps = WriteDeps & ProveUsersDeps;

/** Who stores a value. */
export type Writer = Pick<Caller, 'actor'> & ManagerUser;
