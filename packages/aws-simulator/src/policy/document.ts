import { z } from 'zod';
import { conditionBlockSchema } from './condition-block.ts';

const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

/** The simulator resolves no policy variables: ignoring one would grant or deny something else than AWS does. */
const patternSchema = z
  .string()
  .min(1)
  .refine((text) => !text.includes('${'), 'Policy variables (dollar and braces) are not supported by the simulator.');

const actionSchema = patternSchema.refine(
  (text) => text === '*' || /^[a-z0-9-]+:./i.test(text),
  'An action is service:Operation, or *.',
);

/** Part of a principal cannot be a wildcard (IAM, Principal element): ignoring such an entry would lose a Deny. */
const entrySchema = patternSchema.refine(
  (text) => text === '*' || !/[*?]/.test(text),
  'A principal is written out in full, or is *.',
);

const common = {
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(actionSchema).optional(),
  NotAction: oneOrMore(actionSchema).optional(),
  Condition: conditionBlockSchema.optional(),
};
const resources = {
  Resource: oneOrMore(patternSchema).optional(),
  NotResource: oneOrMore(patternSchema).optional(),
};
const principalSchema = z.union([
  z.literal('*'),
  z.strictObject({
    AWS: oneOrMore(entrySchema).optional(),
    Federated: oneOrMore(entrySchema).optional(),
    Service: oneOrMore(entrySchema).optional(),
  }),
]);

const exactlyOne = (left: unknown, right: unknown): boolean => (left === undefined) !== (right === undefined);
const document = <T extends z.ZodType<{ Action?: unknown; NotAction?: unknown }>>(statement: T) => {
  const checked = statement.refine(
    (s) => exactlyOne(s.Action, s.NotAction),
    'Give exactly one of Action and NotAction.',
  );
  return z.strictObject({
    Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
    Id: z.string().optional(),
    Statement: oneOrMore(checked),
  });
};

/** Identity, boundary, session and service control policies: no Principal, a Resource is required. */
export const identityPolicySchema = document(
  z
    .strictObject({ ...common, ...resources })
    .refine((s) => exactlyOne(s.Resource, s.NotResource), 'Give exactly one of Resource and NotResource.'),
);

/** Key policies and VPC endpoint policies: who may do what to the resource that the policy is attached to. */
export const resourcePolicySchema = document(
  z
    .strictObject({ ...common, ...resources, Principal: principalSchema })
    .refine((s) => exactlyOne(s.Resource, s.NotResource), 'Give exactly one of Resource and NotResource.'),
);

/** Role trust policies: a Principal and never a Resource. */
export const trustPolicySchema = document(z.strictObject({ ...common, Principal: principalSchema }));

export type IdentityPolicy = z.infer<typeof identityPolicySchema>;
export type ResourcePolicy = z.infer<typeof resourcePolicySchema>;
export type TrustPolicy = z.infer<typeof trustPolicySchema>;
export type PolicyPrincipal = z.infer<typeof principalSchema>;

/** What the evaluator needs of a statement; every kind of policy fits it. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | string[] | undefined;
  readonly NotAction?: string | string[] | undefined;
  readonly Resource?: string | string[] | undefined;
  readonly NotResource?: string | string[] | undefined;
  readonly Principal?: PolicyPrincipal | undefined;
  readonly Condition?: z.infer<typeof conditionBlockSchema> | undefined;
}
/** Any kind of policy, as the evaluator reads it. */
export interface Policy {
  readonly Statement: Statement | readonly Statement[];
}

/** Policies write a list of one as the bare value; this is the list either way. */
export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
