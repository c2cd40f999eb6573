import type { Finding } from '@wardline/contracts';
import type { CallFailure } from '../clients/failure.ts';
import type { Evidence, Failure } from './evidence.ts';

/** What a finding says; its code is that of the rule. */
export type FindingText = Omit<Finding, 'code'>;

/** One cause of the catalogue: how it is recognised and what is said about it. */
export interface Rule {
  /** Stable, kebab-case. */
  readonly code: string;
  /** The numbers of the causes at AWS that it covers (`test-support/*-rows.ts`); empty for causes of Wardline's own. */
  readonly rows: readonly number[];
  /** The finding where the evidence shows this cause, else undefined. */
  readonly find: (evidence: Evidence) => FindingText | undefined;
}

type FailureOf<K extends Failure['kind']> = Extract<Failure, { kind: K }>;

/** The failure where it is of one kind. */
export function ofKind<K extends Failure['kind']>({ failure }: Evidence, kind: K): FailureOf<K> | undefined {
  return isKind(failure, kind) ? failure : undefined;
}

function isKind<K extends Failure['kind']>(failure: Failure, kind: K): failure is FailureOf<K> {
  return failure.kind === kind;
}

type Answer = Extract<CallFailure, { kind: 'answer' }>;

/** The operation of the unsigned exchange of a token for a role. */
export const WEB_IDENTITY = 'AssumeRoleWithWebIdentity';

const STS_OPERATIONS = new Set(['GetCallerIdentity', 'AssumeRole', WEB_IDENTITY]);

/** Which service an operation belongs to. */
export const serviceOf = (operation: string): 'kms' | 'sts' => (STS_OPERATIONS.has(operation) ? 'sts' : 'kms');

/** The AWS operation that the failure belongs to, if it belongs to one. */
export const operationOf = ({ failure }: Evidence): string | undefined =>
  'operation' in failure ? failure.operation : undefined;

/** AWS's answer where it has one of these error names (never the status alone) and its message the fragment. */
export function answerOf(evidence: Evidence, names: readonly string[], fragment?: RegExp): Answer | undefined {
  const answer = ofKind(evidence, 'answer');
  if (!answer || !names.includes(answer.code)) return undefined;
  return !fragment || fragment.test(answer.message) ? answer : undefined;
}
