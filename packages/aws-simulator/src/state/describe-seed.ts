import type { SimulatorSeed } from '@wardline/contracts';
import { partitionOf } from './identifiers.ts';
import type { State } from './model.ts';

/** The keys, users and roles of the simulator's own account as they are now, for people and for tests. */
export function describeSeed(state: Readonly<State>): SimulatorSeed {
  const { region, accountId } = state;
  const own = <T extends { accountId: string }>(entities: readonly T[]): T[] =>
    entities.filter((entity) => entity.accountId === accountId);
  return {
    region,
    accountId,
    keys: own(state.keys).map(({ name, arn, aliases, state: keyState }) => ({
      name,
      arn,
      aliasArn: `arn:${partitionOf(region)}:kms:${region}:${accountId}:${aliases[0] ?? `alias/${name}`}`,
      state: keyState,
    })),
    users: own(state.users).map(({ name, accessKey, can }) => ({
      name,
      accessKeyId: accessKey.id,
      secretAccessKey: accessKey.secret,
      can,
    })),
    roles: own(state.roles).map(({ name, arn, trust, externalId, maxSessionDuration }) => ({
      name,
      arn,
      trust,
      ...(externalId === undefined ? {} : { externalId }),
      maxSessionDuration,
    })),
    oidcProviders: state.oidcProviders.map(({ url, audiences }) => ({ url, audiences })),
  };
}
