import type { Finding, HopResult, TaskEvent } from '@wardline/contracts';

type Mask = (text: string) => string;

/**
 * An event with its free text rewritten: messages, values of facts, and what findings say. Whatever a program reads
 * (hops, statuses, codes, kinds, times, names of facts) stays, so that the event is still what the contract says.
 */
export function maskedEvent(event: TaskEvent, mask: Mask): TaskEvent {
  switch (event.type) {
    case 'hop-started':
      return event;
    case 'hop-finished':
      return { ...event, result: maskedResult(event.result, mask) };
    // Whoever asked for a data key has to know its key.
    case 'data-key':
    case 'data-key-plaintext':
      return event;
    case 'finished':
      return event.finding ? { ...event, finding: maskedFinding(event.finding, mask) } : event;
  }
}

function maskedResult(result: HopResult, mask: Mask): HopResult {
  const { aws, facts, finding } = result;
  return {
    ...result,
    facts: facts.map(({ name, value }) => ({ name, value: mask(value) })),
    ...(aws?.message === undefined ? {} : { aws: { ...aws, message: mask(aws.message) } }),
    ...(finding ? { finding: maskedFinding(finding, mask) } : {}),
  };
}

const maskedFinding = ({ code, title, explanation, fixes }: Finding, mask: Mask): Finding => ({
  code,
  title: mask(title),
  explanation: mask(explanation),
  fixes: fixes.map((fix) => ({
    kind: fix.kind,
    title: mask(fix.title),
    body: mask(fix.body),
    ...(fix.target === undefined ? {} : { target: mask(fix.target) }),
  })),
});
