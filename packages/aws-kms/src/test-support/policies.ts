import type { Fix } from '@wardline/contracts';
import type { Run } from './collect.ts';

interface Document {
  readonly Version: string;
  readonly Statement: readonly unknown[];
}

/** The printed document of one kind, as it stands in the finding that the run ended with. */
export function printed(run: Run, kind: Fix['kind']): Document {
  const fix = run.finished.finding?.fixes.find((candidate) => candidate.kind === kind);
  if (!fix) throw new Error(`The finding ${run.cause} has no fix of kind ${kind}.`);
  return JSON.parse(fix.body);
}

/** What a person ends up with who adds the printed statement to a policy that is already there. */
export const added = (existing: Document, more: Document): Document => ({
  Version: '2012-10-17',
  Statement: [...existing.Statement, ...more.Statement],
});

export const allow = (Action: readonly string[], Resource: string): Document => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

export const deny = (Action: readonly string[]): Document => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action, Resource: '*' },
  ],
});
