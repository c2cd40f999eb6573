import { z } from 'zod';
import { storableText } from './text.ts';

/** What a delegate token is called: letters, digits, `-`, `_` and space, 1 to 128 characters. */
export const delegateTokenNameSchema = storableText
  .trim()
  .min(1, 'Enter a name.')
  .max(128, 'A name has at most 128 characters.')
  .regex(/^[\w -]+$/, 'The name of a token contains only letters, digits, spaces, - and _');

/** A delegate token as the ecosystem answers it. Times are epoch milliseconds. */
export const delegateTokenDetailsSchema = z.object({
  uuid: z.string(),
  accountId: z.string(),
  name: z.string(),
  createdBy: z.object({ name: z.string() }),
  /** The same as the ecosystem's clients read it: an e-mail address, or the ID of a service account. */
  createdByNgUser: z.object({ type: z.enum(['USER', 'SERVICE_ACCOUNT']), name: z.string() }),
  createdAt: z.number(),
  /** A token past its end counts as revoked. */
  status: z.enum(['ACTIVE', 'REVOKED']),
  /** What goes into `DELEGATE_TOKEN`: given to whoever may edit delegates, and null to others. */
  value: z.string().nullable(),
  /** `org` or `org/project`; null at the account level. */
  ownerIdentifier: z.string().nullable(),
  /** When the token ends by itself; null for never. */
  revokeAfter: z.number().nullable(),
  /** How many delegates are connected with it now. */
  connectedDelegates: z.number().int(),
});
export type DelegateTokenDetails = z.infer<typeof delegateTokenDetailsSchema>;
