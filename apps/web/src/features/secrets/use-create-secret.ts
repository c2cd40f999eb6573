import {
  deriveIdentifier,
  descriptionSchema,
  identifierSchema,
  nameSchema,
  TEXT_VALUE_MAX_BYTES,
} from '@wardline/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { ApiFailure } from '../../lib/api.ts';
import { parseTags } from '../../lib/tag-text.ts';
import { isSecretIdFree } from './api/check-secret-identifier.ts';
import { useSaveSecret } from './api/save-secret.ts';

const formSchema = z.object({
  name: nameSchema,
  identifier: identifierSchema,
  value: z
    .string()
    .min(1, 'Enter the value.')
    .refine((text) => new TextEncoder().encode(text).length <= TEXT_VALUE_MAX_BYTES, {
      error: 'The value is larger than 1 MiB.',
    }),
  description: descriptionSchema,
});

type Field = keyof z.infer<typeof formSchema>;
type Errors = Partial<Record<Field, string>>;

function errorsOf(form: z.infer<typeof formSchema>): Errors {
  const result = formSchema.safeParse(form);
  if (result.success) return {};
  const { fieldErrors } = z.flattenError(result.error);
  return Object.fromEntries(Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]]));
}

/** A refusal of the server, sorted into fields; undefined when it names none of this form's. */
function refusedFields(error: unknown): Errors | undefined {
  if (!(error instanceof ApiFailure)) return undefined;
  const refused = error.fields.flatMap(({ fieldId, error: text }) => {
    const field = fieldId.split('.').at(-1) ?? '';
    return Object.hasOwn(formSchema.shape, field) ? [[field, text] as const] : [];
  });
  return refused.length > 0 ? Object.fromEntries(refused) : undefined;
}

/** The form that creates a secret. The value lives in this state only, and goes when the form goes. */
export function useCreateSecret(suggestedName: string, onCreated: (identifier: string) => void) {
  const [name, setName] = useState(suggestedName);
  const [typedId, setTypedId] = useState<string>();
  const [value, setValue] = useState('');
  const [description, setDescription] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const [errors, setErrors] = useState<Errors>({});
  const save = useSaveSecret('create');
  const identifier = typedId ?? deriveIdentifier(name);

  /** Stores the secret; false when a field is wrong, which then says why. */
  const submit = async (): Promise<boolean> => {
    const found = errorsOf({ name, identifier, value, description });
    setErrors(found);
    if (Object.keys(found).length > 0) return false;
    try {
      if (!(await isSecretIdFree(identifier))) {
        setErrors({ identifier: `A secret with the ID “${identifier}” exists already. Choose another ID.` });
        return false;
      }
      const secret = {
        name: name.trim(),
        identifier,
        description,
        value,
        tags: parseTags(tags),
      };
      await save.mutateAsync(secret);
      setValue('');
      onCreated(identifier);
      return true;
    } catch (error) {
      const refused = refusedFields(error);
      setErrors(refused ?? {});
      return false;
    }
  };

  const clear = (field: Field) => setErrors(({ [field]: _gone, ...rest }) => rest);
  return {
    fields: { name, identifier, value, description, tags },
    errors,
    saving: save.isPending,
    failure: save.error && !refusedFields(save.error) ? save.error : undefined,
    submit,
    setName: (text: string) => {
      setName(text);
      clear('name');
    },
    setIdentifier: (text: string) => {
      setTypedId(text);
      clear('identifier');
    },
    setValue: (text: string) => {
      setValue(text);
      clear('value');
    },
    setDescription,
    setTags,
  };
}
