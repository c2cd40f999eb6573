import {
  type AwsKmsSpec,
  CREDENTIAL_LABELS,
  delegateTags,
  effectiveSelectors,
  type Finding,
  type Fix,
  missingSelectors,
  requiresSelectors,
} from '@wardline/contracts';
import type { RegisteredDelegate } from './delegate-registry.ts';
import type { Runners } from './runners.ts';
import type { TaskRunner } from './task-runner.ts';

type Placement = Pick<AwsKmsSpec, 'credential' | 'delegateSelectors' | 'executeOnDelegate'>;

export type RunnerChoice =
  | { readonly kind: 'platform'; readonly runner: TaskRunner }
  | { readonly kind: 'delegate'; readonly runner: TaskRunner; readonly delegateId: string }
  | { readonly kind: 'none'; readonly finding: Finding };

/**
 * Chooses who runs a connector's tasks. Fail closed: where the connector asks for a delegate
 * and none matches, the answer is a finding that says why, never another runner.
 */
export function chooseRunner(spec: Placement, runners: Runners): RunnerChoice {
  if (!spec.executeOnDelegate && !requiresSelectors(spec.credential.type)) {
    return { kind: 'platform', runner: runners.platform };
  }
  const selectors = effectiveSelectors(spec);
  if (requiresSelectors(spec.credential.type) && selectors.length === 0) {
    return { kind: 'none', finding: noSelectors(spec.credential.type) };
  }
  const candidates = runners.delegates.list().map((delegate) => judge(delegate, selectors));
  const match = candidates.find(({ connected, missing }) => connected && missing.length === 0);
  if (!match) return { kind: 'none', finding: noDelegate(selectors, candidates) };
  return { kind: 'delegate', runner: match.runner, delegateId: match.delegateId };
}

interface Candidate {
  readonly name: string;
  readonly delegateId: string;
  readonly runner: TaskRunner;
  readonly connected: boolean;
  readonly tags: readonly string[];
  readonly missing: readonly string[];
}

function judge({ describe, runner }: RegisteredDelegate, selectors: readonly string[]): Candidate {
  const group = describe();
  const tags = delegateTags(group);
  return {
    name: group.groupName,
    delegateId: group.delegateInstanceDetails[0]?.uuid ?? group.groupId,
    runner,
    connected: group.activelyConnected,
    tags,
    missing: missingSelectors(selectors, tags),
  };
}

function noDelegate(selectors: readonly string[], candidates: readonly Candidate[]): Finding {
  const asked = selectors.length === 0 ? 'any connected delegate' : `a delegate with ${tagList(selectors)}`;
  return {
    code: 'delegate-not-available',
    title: selectors.length === 0 ? 'No delegate is connected' : `No connected delegate has ${tagList(selectors)}`,
    explanation: [
      `This connector runs on ${asked}, and there is none.`,
      ...(candidates.length === 0 ? ['No delegate is registered.'] : candidates.map(whyNot)),
      'Nothing was sent to AWS: the test never runs elsewhere than where the connector says.',
    ].join(' '),
    fixes: [...candidates.flatMap(fixFor), changeSelectors],
  };
}

function whyNot({ name, connected, missing }: Candidate): string {
  const reasons = [
    ...(missing.length > 0 ? [`lacks ${tagList(missing)}`] : []),
    ...(connected ? [] : ['is not connected']),
  ];
  return `Delegate “${name}” ${reasons.join(' and ')}.`;
}

function fixFor({ name, connected, tags, missing }: Candidate): Fix[] {
  if (missing.length > 0) {
    const body = `Edit the connector and, in Delegates Setup, remove ${tagList(missing)}, or use only what “${name}” has: ${tagList(tags)}.`;
    return [{ kind: 'setting', title: `Use the tags of delegate “${name}”`, body, target: 'Delegate tags' }];
  }
  if (connected) return [];
  return [
    {
      kind: 'setting',
      title: `Start delegate “${name}”`,
      body: `Start delegate “${name}” and test again.`,
      target: name,
    },
  ];
}

const changeSelectors: Fix = {
  kind: 'setting',
  title: 'Choose other delegates',
  body: 'Edit the connector and, in Delegates Setup, choose tags that a connected delegate has.',
  target: 'Delegate tags',
};

function noSelectors(type: keyof typeof CREDENTIAL_LABELS): Finding {
  return {
    code: 'delegate-not-available',
    title: 'The connector names no delegate',
    explanation: `“${CREDENTIAL_LABELS[type]}” uses the identity of a delegate's host, so at least one delegate tag must say which delegate.`,
    fixes: [changeSelectors],
  };
}

function tagList(tags: readonly string[]): string {
  return `the ${tags.length === 1 ? 'tag' : 'tags'} ${tags.map((tag) => `“${tag}”`).join(', ')}`;
}
