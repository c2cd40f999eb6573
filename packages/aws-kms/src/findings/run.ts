import { HOP_LABELS } from '@wardline/contracts';
import type { Evidence, Failure } from './evidence.ts';
import { command, retest, shell } from './fixes.ts';
import { type FindingText, ofKind, type Rule } from './rule.ts';
import { urlOf } from './subject.ts';

/** Causes that lie in the run itself, not in AWS or the settings. */
export const RUN_RULES: readonly Rule[] = [
  {
    code: 'cancelled',
    rows: [],
    find: (evidence) =>
      ofKind(evidence, 'stopped')?.why === 'cancelled'
        ? {
            title: 'The test was cancelled',
            explanation: `It was stopped while “${HOP_LABELS[evidence.hop]}” was being checked. Nothing is known about that step.`,
            fixes: [retest('The new test goes through all steps.')],
          }
        : undefined,
  },
  {
    code: 'deadline-exceeded',
    rows: [47],
    find: (evidence) =>
      ofKind(evidence, 'stopped')
        ? {
            title: 'AWS did not answer in time',
            explanation: `The time for the whole task ran out at “${HOP_LABELS[evidence.hop]}”. Something on the way to AWS is very slow.`,
            fixes: [
              command(
                'Measure the way to KMS on the host',
                shell`curl -so /dev/null -w "%{time_total}\\n" ${urlOf(evidence.subject, 'kms')}`,
              ),
              retest('A slow moment may have passed.'),
            ],
          }
        : undefined,
  },
  {
    code: 'defect',
    rows: [],
    find: (evidence) => {
      const defect = ofKind(evidence, 'defect');
      return defect
        ? {
            title: 'Wardline itself failed',
            explanation: `While checking “${HOP_LABELS[evidence.hop]}”, Wardline ran into a fault of its own: ${defect.detail}. Your settings may be right.`,
            fixes: [retest('If it fails the same way, report the sentence above.')],
          }
        : undefined;
    },
  },
];

/** What is said about a cause that nobody has named yet: everything that AWS said, and how to go on. */
export function unknownCause({ failure, hop, subject }: Evidence): FindingText {
  return {
    title: `“${HOP_LABELS[hop]}” failed for a reason that is not in the catalogue`,
    explanation: `${saidBy(failure)} The request ID of this step lets AWS Support find the call.`,
    fixes: [
      command(
        'Repeat it outside Wardline',
        shell`aws kms describe-key --region ${subject.region} --key-id ${subject.keyArn} --debug`,
      ),
      retest('If it fails the same way, look the code up in the documentation of AWS KMS or STS.'),
    ],
  };
}

function saidBy(failure: Failure): string {
  switch (failure.kind) {
    case 'answer':
      return `AWS answered ${failure.operation} with ${failure.code}${failure.message ? `: “${failure.message}”` : ''}.`;
    case 'network':
      return `${failure.operation} got no answer: ${failure.code} (${failure.detail}).`;
    default:
      return `The cause is of kind “${failure.kind}”.`;
  }
}
