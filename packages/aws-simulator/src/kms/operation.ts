import { z } from 'zod';
import type { Caller } from '../policy/principals.ts';
import type { Store } from '../state/store.ts';
import { KmsError } from './kms-error.ts';

/** An authenticated call. */
export interface KmsCall {
  readonly store: Store;
  readonly caller: Caller;
  readonly sourceIp: string;
}

/** One operation of KMS. */
export interface KmsOperation {
  /** As in `x-amz-target: TrentService.<name>`. */
  readonly name: string;
  run(call: KmsCall, body: unknown): Record<string, unknown>;
}

function validationMessage(issue: z.core.$ZodIssue | undefined): string {
  const at = issue?.path.join('.') || 'request';
  const constraint = (): string => {
    if (issue?.code === 'too_small')
      return `Member must have length or value greater than or equal to ${issue.minimum}`;
    if (issue?.code === 'too_big') return `Member must have length or value less than or equal to ${issue.maximum}`;
    return issue?.message ?? 'Member is not valid';
  };
  return `1 validation error detected: Value at '${at}' failed to satisfy constraint: ${constraint()}`;
}

/** Binds an operation to the shape of its request; any other shape is a ValidationException. */
export function defineOperation<T extends z.ZodType>(
  name: string,
  input: T,
  run: (call: KmsCall, request: z.output<T>) => Record<string, unknown>,
): KmsOperation {
  return {
    name,
    run(call, body) {
      const parsed = input.safeParse(body);
      if (!parsed.success) throw new KmsError('ValidationException', validationMessage(parsed.error.issues[0]));
      return run(call, parsed.data);
    },
  };
}

/** Binary members are base64 in JSON; the limits are in bytes. */
export const blob = (minimum: number, maximum: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .superRefine((bytes, context) => {
      const bound = bytes.length < minimum ? minimum : bytes.length > maximum ? maximum : undefined;
      if (bound === undefined) return;
      const word = bound === minimum ? 'greater' : 'less';
      const message = `Member must have length ${word} than or equal to ${bound}`;
      context.addIssue({ code: 'custom', message });
    });

/** Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html#API_DescribeKey_RequestSyntax */
export const keyIdMember = z.string().min(1).max(2048);
/** Half a surrogate pair is no text: every one would become the same replacement character, and contexts would coincide. */
const isText = (value: unknown): boolean => typeof value === 'string' && !/\p{Surrogate}/u.test(value);
const isContext = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).flat().every(isText);
/** Not a `z.record`, which drops a member called `__proto__`: the ciphertext would not be bound to it. */
export const contextMember = z
  .custom<Readonly<Record<string, string>>>(isContext, 'Member must map text to text')
  .default({});
/** Accepted and checked, but there are no grants here, so they never change an answer. */
export const grantTokensMember = z.array(z.string().min(1).max(8192)).max(10).optional();
/** Asks whether the operation would succeed; see {@link stopDryRun}. */
export const dryRunMember = z.boolean().default(false);

/** The last check of an operation that can be asked whether it would succeed. */
export function stopDryRun(dryRun: boolean): void {
  if (!dryRun) return;
  throw new KmsError(
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
    412,
  );
}
