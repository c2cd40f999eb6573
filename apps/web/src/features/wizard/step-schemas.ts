import {
  descriptionSchema,
  externalIdSchema,
  identifierSchema,
  nameSchema,
  referenceSchema,
  STS_DURATION,
  selectorSchema,
  tagsSchema,
} from '@wardline/contracts';
import { z } from 'zod';
import { parseTags } from '../../lib/tag-text.ts';
import { type Draft, type DraftField, runsOnPlatform, selectorModeOf } from './draft/draft.ts';

/** What is wrong, by field. */
export type FieldErrors = Partial<Record<DraftField, string>>;

const typedTagsSchema = z.array(z.string()).superRefine((typed, context) => {
  for (const text of typed) {
    const message = problemOfTags([text]);
    if (message) context.addIssue({ code: 'custom', message: `“${shortened(text)}”: ${message}` });
  }
  const message = problemOfTags(typed);
  if (message) context.addIssue({ code: 'custom', message });
  const twice = repeatedKey(typed);
  if (twice !== undefined) context.addIssue({ code: 'custom', message: `The tag “${twice}” is there twice.` });
});

function problemOfTags(typed: readonly string[]): string | undefined {
  return tagsSchema.safeParse(parseTags(typed)).error?.issues[0]?.message;
}

/** Enough of a text to recognise it by. */
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** A key that several tags have: only one of them could be stored. */
function repeatedKey(typed: readonly string[]): string | undefined {
  const keys = typed.flatMap((text) => Object.keys(parseTags([text])));
  return keys.find((key, index) => keys.indexOf(key) !== index);
}

const overviewFields = z.object({
  name: nameSchema,
  identifier: identifierSchema,
  description: descriptionSchema,
  tags: typedTagsSchema,
});

/** What Overview needs. An ID that follows the name is missing only together with it, and one message is enough. */
export const overviewSchema = z.preprocess((draft: Draft) => {
  const follows = draft.identifierSource === 'derived' && draft.name.trim() === '';
  return follows ? { ...draft, identifier: 'follows_the_name' } : draft;
}, overviewFields);

const keySchema = z.discriminatedUnion('keyArnSource', [
  z.object({
    keyArnSource: z.literal('plain'),
    kmsArnInPlainText: z.string().trim().min(1, 'Enter the ARN of the key.').max(2048),
  }),
  z.object({ keyArnSource: z.literal('secret'), kmsArn: referenceSchema }),
]);

const role = z.string().trim().min(1, 'Enter the ARN of the role.').max(2048);

const durationText = z
  .string()
  .trim()
  .refine(
    (text) => {
      const seconds = Number(text);
      return text === '' || (/^\d+$/.test(text) && seconds >= STS_DURATION.min && seconds <= STS_DURATION.max);
    },
    { error: `Enter ${STS_DURATION.min} to ${STS_DURATION.max} whole seconds.` },
  );

/** Empty, or an external ID; not a union, whose message would not say which rule was broken. */
const externalIdText = z.string().superRefine((text, context) => {
  const result = text === '' ? undefined : externalIdSchema.safeParse(text);
  if (result?.error) context.addIssue({ code: 'custom', message: result.error.issues[0]?.message });
});

const credentialSchema = z.discriminatedUnion('credentialType', [
  z.object({ credentialType: z.literal('ManualConfig'), accessKey: referenceSchema, secretKey: referenceSchema }),
  z.object({ credentialType: z.literal('AssumeIAMRole') }),
  z.object({
    credentialType: z.literal('AssumeSTSRole'),
    roleArn: role,
    externalName: externalIdText,
    assumeStsRoleDuration: durationText,
  }),
  z.object({ credentialType: z.literal('OidcAuthentication'), iamRoleArn: role }),
]);

/** What Details needs, for the chosen credential type and place of the key ARN; every wrong field is reported at once. */
export const detailsSchema = z
  .object({ region: z.string().trim().min(1, 'Choose a region.').max(64) })
  .and(keySchema)
  .and(credentialSchema);

/** What Connectivity Mode needs: either choice will do. */
export const connectivitySchema = z.object({ executeOnDelegate: z.boolean() });

/** The delegate choice of a draft; tags are needed where "only delegates with all of these tags" is chosen. */
export const delegatesSchema = z.custom<Draft>().superRefine((draft, context) => {
  if (runsOnPlatform(draft) || selectorModeOf(draft) === 'any') return;
  const result = z.array(selectorSchema).min(1, 'Enter at least one delegate tag.').safeParse(draft.selectors);
  if (!result.success) {
    context.addIssue({ code: 'custom', path: ['selectors'], message: result.error.issues[0]?.message });
  }
});

/** The first error of each field; empty when the draft satisfies the schema. */
export function fieldErrors(schema: z.ZodType, draft: Draft): FieldErrors {
  const result = schema.safeParse(draft);
  if (result.success) return {};
  const errors: Record<string, string> = {};
  for (const { path, message } of result.error.issues) errors[String(path[0])] ??= message;
  return errors;
}
