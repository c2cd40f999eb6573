import { type Finding, type Fix, missingSelectors } from '@wardline/contracts';
import { type DelegateInstance, instanceTags } from '../delegates/delegate-instance.ts';
import type { Attempt } from '../dispatch/dispatch.ts';

/** A delegate that can't run the task, and why. */
interface Unfit {
  readonly name: string;
  readonly connected: boolean;
  readonly tags: readonly string[];
  readonly missing: readonly string[];
}

/**
 * How many delegates one answer names: it is kept with the connector and is in every list, and whoever has a token may
 * have made up any number of names.
 */
const NAMED_AT_MOST = 20;

export const changeSelectors: Fix = {
  kind: 'setting',
  title: 'Choose other delegates',
  body: 'Edit the connector and, in Delegates Setup, choose tags that a connected delegate has.',
  target: 'Delegate tags',
};

/** Nobody matches: which tags were asked for and, per delegate, what it lacks. */
export function noDelegate(selectors: readonly string[], instances: readonly DelegateInstance[]): Finding {
  const asked = selectors.length === 0 ? 'any connected delegate' : `a delegate with ${tagList(selectors)}`;
  const all = nearestOfEach(
    instances.map((instance): Unfit => {
      const tags = instanceTags(instance);
      const { name, connected } = instance;
      return { name, connected, tags, missing: missingSelectors(selectors, tags) };
    }),
  );
  const unfit = all.length > NAMED_AT_MOST ? nearestFirst(all).slice(0, NAMED_AT_MOST) : all;
  return {
    code: 'delegate-not-available',
    title: selectors.length === 0 ? 'No delegate is connected' : `No connected delegate has ${tagList(selectors)}`,
    explanation: [
      `This connector runs on ${asked}, and there is none.`,
      ...(unfit.length === 0 ? ['No delegate is registered.'] : unfit.map(whyNot)),
      ...andMore(all.length - unfit.length),
      'Nothing was sent to AWS: it never runs elsewhere than where the connector says.',
    ].join(' '),
    fixes: [...unfit.flatMap(fixFor), changeSelectors],
  };
}

/** One for each name: of replicas, one that is connected, and of those the one that lacks the least. */
function nearestOfEach(all: readonly Unfit[]): Unfit[] {
  const found = new Map<string, Unfit>();
  for (const one of all) {
    const other = found.get(one.name);
    if (!other || isNearer(one, other)) found.set(one.name, one);
  }
  return [...found.values()];
}

const nearestFirst = (all: readonly Unfit[]): Unfit[] =>
  all.toSorted((a, b) => Number(isNearer(b, a)) - Number(isNearer(a, b)));

/** Those that an answer does not name. */
const andMore = (count: number): string[] => (count > 0 ? [`And so with ${count} more.`] : []);

const isNearer = (one: Unfit, other: Unfit): boolean =>
  one.connected === other.connected ? one.missing.length < other.missing.length : one.connected;

function whyNot({ name, connected, missing }: Unfit): string {
  const reasons = [
    ...(missing.length > 0 ? [`lacks ${tagList(missing)}`] : []),
    ...(connected ? [] : ['is not connected']),
  ];
  return `Delegate “${name}” ${reasons.join(' and ')}.`;
}

function fixFor({ name, connected, tags, missing }: Unfit): Fix[] {
  if (missing.length > 0) {
    const body = `Edit the connector and, in Delegates Setup, remove ${tagList(missing)}, or use only what “${name}” has: ${tagList(tags)}.`;
    return [{ kind: 'setting', title: `Use the tags of delegate “${name}”`, body, target: 'Delegate tags' }];
  }
  if (connected) return [];
  const body = `Start delegate “${name}” and try again.`;
  return [{ kind: 'setting', title: `Start delegate “${name}”`, body, target: name }];
}

/** What became of the task, at each delegate that was asked. */
const OUTCOMES = {
  busy: 'has as many tasks as it takes',
  draining: 'is stopping and takes nothing new',
  unreadable: 'could not read what was sent, or sent what could not be read',
  'no-answer': 'did not answer within 2 seconds',
  gone: 'was no longer connected',
  disconnected: 'lost its connection while it ran',
  crashed: 'failed while it ran',
  deadline: 'did not finish in time',
} as const satisfies Record<Attempt['outcome'], string>;

/** Delegates match, and none of them ran the task to its end. */
export function nobodyRan(attempts: readonly Attempt[]): Finding {
  const became = attempts
    .slice(0, NAMED_AT_MOST)
    .map(({ name, hostName, outcome }) => `Delegate “${name}” on ${hostName} ${OUTCOMES[outcome]}.`);
  return {
    code: 'delegate-broke-off',
    title: 'No delegate ran it to its end',
    explanation: [
      ...became,
      ...andMore(attempts.length - became.length),
      'It never runs elsewhere than where the connector says.',
    ].join(' '),
    fixes: [
      {
        kind: 'setting',
        title: 'Look at the delegates',
        body: 'Look at the log of each delegate named above, start what does not run, and try again.',
        target: 'Delegates',
      },
    ],
  };
}

function tagList(tags: readonly string[]): string {
  return `the ${tags.length === 1 ? 'tag' : 'tags'} ${tags.map((tag) => `“${tag}”`).join(', ')}`;
}
