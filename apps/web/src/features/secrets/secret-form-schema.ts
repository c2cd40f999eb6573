import {
  descriptionSchema,
  FILE_MAX_BYTES,
  identifierSchema,
  nameSchema,
  type SecretType,
  TEXT_VALUE_MAX_BYTES,
} from '@wardline/contracts';
import { z } from 'zod';
import { formatBytes } from '../../lib/format.ts';

/** A text value: anything but nothing, within the limit. */
export const valueSchema = z
  .string()
  .min(1, 'Enter the value.')
  .refine((text) => new TextEncoder().encode(text).length <= TEXT_VALUE_MAX_BYTES, {
    error: 'The value is larger than 1 MiB.',
  });

/** What is wrong with a file, before any of it is sent; undefined for one that can be stored. */
export function fileProblem(file: Pick<File, 'name' | 'size'> | undefined): string | undefined {
  if (!file) return 'Choose a file.';
  if (file.size === 0) return `${file.name} is empty. Choose a file with something in it.`;
  if (file.size <= FILE_MAX_BYTES) return undefined;
  return `${file.name} has ${formatBytes(file.size)}. A file has at most ${formatBytes(FILE_MAX_BYTES)}.`;
}

const describedSchema = z.object({ name: nameSchema, identifier: identifierSchema, description: descriptionSchema });

/** Everything that one types into the form of a new secret. */
export interface NewSecret extends z.infer<typeof describedSchema> {
  readonly value: string;
  readonly file: File | undefined;
}
export type SecretField = keyof NewSecret;
export type SecretFieldErrors = Partial<Record<SecretField, string>>;

/** What is wrong with which field; empty for what can be sent. */
export function errorsOf(type: SecretType, form: NewSecret): SecretFieldErrors {
  const result = describedSchema.safeParse(form);
  const described = result.success ? {} : z.flattenError(result.error).fieldErrors;
  const errors: SecretFieldErrors = Object.fromEntries(
    Object.entries(described).map(([field, messages]) => [field, messages[0]]),
  );
  const content =
    type === 'SecretFile' ? fileProblem(form.file) : valueSchema.safeParse(form.value).error?.issues[0]?.message;
  return { ...errors, ...(content && { [type === 'SecretFile' ? 'file' : 'value']: content }) };
}

const FIELDS: ReadonlySet<string> = new Set<SecretField>(['name', 'identifier', 'value', 'file', 'description']);

/** Whether the form has a field of this name. */
export const isSecretField = (name: string): name is SecretField => FIELDS.has(name);
