import type { Page } from '@wardline/contracts';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { allowedStates, type EntityState, type Entry, type Kind, type Ledger, sameState } from './ledger.ts';
import { secretValue, type World } from './world.ts';

type Item = { readonly [kind in Kind]?: { readonly identifier: string; readonly name: string } };

/** Names by identifier of everything that a list shows, page after page. */
async function listNames(call: Call, kind: Kind): Promise<Map<string, string>> {
  const path = kind === 'connector' ? '/ng/api/connectors/listV2' : '/ng/api/v2/secrets/list';
  const names = new Map<string, string>();
  let pageIndex = 0;
  for (;;) {
    const answer = await mustSucceed<{ data: Page<Item> }>(
      call,
      'POST',
      `${path}?pageSize=100&pageIndex=${pageIndex}`,
      {},
    );
    for (const item of answer.data.content) {
      const entity = item[kind];
      if (entity) names.set(entity.identifier, entity.name);
    }
    pageIndex += 1;
    if (pageIndex >= answer.data.totalPages) return names;
  }
}

async function byIdentifier(call: Call, entry: Entry): Promise<string | undefined> {
  const path = entry.kind === 'connector' ? '/ng/api/connectors' : '/ng/api/v2/secrets';
  const answer = await call<{ data: Item }>('GET', `${path}/${entry.identifier}`);
  return answer.status === 200 ? answer.body.data[entry.kind]?.name : undefined;
}

const inWords = (state: EntityState): string =>
  state === null ? 'absent' : `“${state.name}”${state.value ? ` with the value ${state.value}` : ''}`;

async function actualState(call: Call, world: World, entry: Entry): Promise<EntityState> {
  const name = await byIdentifier(call, entry);
  if (name === undefined) return null;
  // The value of a secret is found out by using it, which takes a while: only where it was written since the last time.
  if (entry.kind === 'connector') return { name, value: undefined };
  const value = entry.touched ? await secretValue(call, world, entry.identifier) : entry.acknowledged?.value;
  return { name, value };
}

/**
 * Compares what is there with what was acknowledged.
 * @returns one sentence per difference: lost, come back, torn, or not decryptable.
 */
export async function verify(url: string, world: World, ledger: Ledger): Promise<string[]> {
  const call = apiClient(url);
  const listed = { connector: await listNames(call, 'connector'), secret: await listNames(call, 'secret') };
  const problems: string[] = [];
  for (const entry of ledger.entries()) {
    const actual = await actualState(call, world, entry);
    const allowed = allowedStates(entry);
    const what = `${entry.kind} ${entry.identifier}`;
    if (!allowed.some((state) => sameState(state, actual))) {
      problems.push(`${what} is ${inWords(actual)}, but should be ${allowed.map(inWords).join(' or ')}`);
    }
    const inList = listed[entry.kind].get(entry.identifier);
    if (inList !== actual?.name) {
      problems.push(`${what} is ${inWords(actual)}, but the list shows ${inList ?? 'nothing'}`);
    }
    ledger.settle(entry, actual);
  }
  return problems;
}
