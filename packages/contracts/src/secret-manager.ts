import { z } from 'zod';
import { CONNECTIVITY_STATUSES } from './connector-response.ts';

/** A secret manager that a scope can choose, and how its secrets are. Times are epoch milliseconds. */
export const secretManagerSchema = z.object({
  /** How a secret of the asked scope refers to it: bare where it is of that scope, else `account.id` or `org.id`. */
  reference: z.string(),
  identifier: z.string(),
  name: z.string(),
  kind: z.enum(['built-in', 'AwsKms']),
  orgIdentifier: z.string().nullable(),
  projectIdentifier: z.string().nullable(),
  /** What a new secret of the asked scope gets where it names no manager; exactly one is. */
  isDefault: z.boolean(),
  disabled: z.boolean(),
  /** Of the last connection test; the built-in manager is always SUCCESS. */
  status: z.enum(CONNECTIVITY_STATUSES),
  /** How many secrets it keeps, in whatever scope. */
  secrets: z.number().int(),
  /** How many stored values will soon be, and how many are, not proven readable in time; and how many failed. */
  due: z.number().int(),
  overdue: z.number().int(),
  failed: z.number().int(),
  /** The oldest proof among its stored values; null where one was never proven, or there is none. */
  provenSince: z.number().nullable(),
});
export type SecretManager = z.infer<typeof secretManagerSchema>;

export const secretManagersResponseSchema = z.object({
  managers: z.array(secretManagerSchema),
  /** Days after which a value that was not proven readable is overdue. */
  proofDays: z.number(),
});
