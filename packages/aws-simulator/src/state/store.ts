import type { KeyRecord, RoleRecord, State, UserRecord } from './model.ts';
import { writeStateFile } from './state-file.ts';

/** Accounts, keys, users and roles in memory. Only administration writes to disk; cryptographic calls never do. */
export class Store {
  readonly #state: State;
  readonly #path: string | undefined;

  constructor(state: State, path: string | undefined) {
    this.#state = state;
    this.#path = path;
    this.#save();
  }

  get state(): Readonly<State> {
    return this.#state;
  }

  /** Changes the state and saves it before returning. */
  update(change: (state: State) => void): void {
    change(this.#state);
    this.#save();
  }

  key(arn: string): KeyRecord | undefined {
    return this.#state.keys.find((key) => key.arn === arn);
  }

  userByAccessKey(accessKeyId: string): UserRecord | undefined {
    return this.#state.users.find((user) => user.accessKey.id === accessKeyId);
  }

  role(arn: string): RoleRecord | undefined {
    return this.#state.roles.find((role) => role.arn === arn);
  }

  #save(): void {
    if (this.#path !== undefined) writeStateFile(this.#path, this.#state);
  }
}
