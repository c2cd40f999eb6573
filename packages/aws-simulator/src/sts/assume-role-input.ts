import { parseRoleArn } from '@wardline/contracts';
import { type IdentityPolicy, identityPolicySchema } from '../policy/document.ts';
import { MalformedPolicyError, parsePolicy } from '../policy/parse-policy.ts';
import type { RoleRecord } from '../state/model.ts';
import { StsError, validationError } from './sts-error.ts';

/** What both AssumeRole operations ask for. Source of the limits: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface AssumeRoleInput {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Seconds. */
  readonly duration: number;
  readonly sessionPolicy: IdentityPolicy | undefined;
}

const failed = (value: string, member: string, constraint: string): StsError =>
  validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

/** A text member within its length and alphabet. */
export function textMember(form: URLSearchParams, field: string, pattern: RegExp, min: number, max: number): string {
  const value = form.get(field) ?? '';
  const member = field.charAt(0).toLowerCase() + field.slice(1);
  if (value.length < min) throw failed(value, member, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw failed(value, member, `Member must have length less than or equal to ${max}`);
  if (!pattern.test(value)) {
    throw failed(value, member, `Member must satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`);
  }
  return value;
}

function durationMember(form: URLSearchParams): number {
  const text = form.get('DurationSeconds') ?? '3600';
  const member = 'durationSeconds';
  if (!/^\d+$/.test(text)) throw failed(text, member, 'Member must be an integer');
  if (Number(text) < 900) throw failed(text, member, 'Member must have value greater than or equal to 900');
  if (Number(text) > 43_200) throw failed(text, member, 'Member must have value less than or equal to 43200');
  return Number(text);
}

function policyMember(form: URLSearchParams): IdentityPolicy | undefined {
  const text = form.get('Policy');
  if (text === null) return undefined;
  try {
    return parsePolicy(identityPolicySchema, text);
  } catch (error) {
    if (error instanceof MalformedPolicyError) throw new StsError('MalformedPolicyDocument', 400, error.message);
    throw error;
  }
}

/** Members that would change what a session may do, and which the simulator cannot honour, are refused, not ignored. */
const UNSUPPORTED = ['PolicyArns.', 'Tags.', 'TransitiveTagKeys.', 'SourceIdentity', 'SerialNumber', 'TokenCode'];

/** @throws StsError ValidationError or MalformedPolicyDocument */
export function readAssumeRoleInput(form: URLSearchParams): AssumeRoleInput {
  const stray = [...form.keys()].find((field) => UNSUPPORTED.some((name) => field.startsWith(name)));
  if (stray !== undefined) throw validationError(`The simulator does not support the parameter ${stray}.`);
  const sessionName = textMember(form, 'RoleSessionName', /^[\w+=,.@-]*$/, 2, 64);
  const roleArn = textMember(form, 'RoleArn', /^[\s\S]*$/, 20, 2048);
  const duration = durationMember(form);
  const sessionPolicy = policyMember(form);
  if (!parseRoleArn(roleArn)) throw validationError(`${roleArn} is invalid`);
  return { roleArn, sessionName, duration, sessionPolicy };
}

/** @throws StsError when the role's own maximum is exceeded. */
export function checkMaximum(role: RoleRecord, duration: number): void {
  if (duration <= role.maxSessionDuration) return;
  throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
}
