import { deriveIdentifier, type SecretType } from '@wardline/contracts';
import { useState } from 'react';
import { ApiFailure } from '../../lib/api.ts';
import { parseTags } from '../../lib/tag-text.ts';
import { isSecretIdFree } from './api/check-secret-identifier.ts';
import { useSaveSecret } from './api/save-secret.ts';
import {
  errorsOf,
  isSecretField,
  type NewSecret,
  type SecretField,
  type SecretFieldErrors,
} from './secret-form-schema.ts';
import { useUpload } from './use-upload.ts';

/** A refusal of the server, sorted into fields; undefined when it names none of this form's. */
function refusedFields(error: unknown): SecretFieldErrors | undefined {
  if (!(error instanceof ApiFailure)) return undefined;
  const refused = error.fields.flatMap(({ fieldId, error: text }) => {
    const field = fieldId.split('.').at(-1) ?? '';
    return isSecretField(field) ? [[field, text] as const] : [];
  });
  return refused.length > 0 ? Object.fromEntries(refused) : undefined;
}

interface Options {
  readonly suggestedName: string;
  readonly type: SecretType;
  /** Reference of the secret manager that shall keep it. */
  readonly manager: string;
  readonly onCreated: (identifier: string, name: string) => void;
}

/** The form that creates a secret. The value lives in this state only, and goes when the form goes. */
export function useCreateSecret({ suggestedName, type, manager, onCreated }: Options) {
  const [typed, setTyped] = useState<Omit<NewSecret, 'identifier'>>({
    name: suggestedName,
    value: '',
    file: undefined,
    description: '',
  });
  const [typedId, setTypedId] = useState<string>();
  const [tags, setTags] = useState<string[]>([]);
  const [errors, setErrors] = useState<SecretFieldErrors>({});
  const [failure, setFailure] = useState<Error>();
  const save = useSaveSecret('create');
  const upload = useUpload('create');
  const fields: NewSecret = { ...typed, identifier: typedId ?? deriveIdentifier(typed.name) };

  const store = async ({ name, identifier, description, value, file }: NewSecret): Promise<void> => {
    const described = { name: name.trim(), identifier, description, tags: parseTags(tags), manager };
    if (type === 'SecretText') await save.mutateAsync({ ...described, value });
    else if (file) await upload.run({ ...described, file });
  };

  /** Stores the secret; false when it was not, which then says why. */
  const submit = async (): Promise<boolean> => {
    setFailure(undefined);
    const found = errorsOf(type, fields);
    setErrors(found);
    if (Object.keys(found).length > 0) return false;
    try {
      if (!(await isSecretIdFree(fields.identifier))) {
        setErrors({ identifier: `A secret with the ID “${fields.identifier}” exists already. Choose another ID.` });
        return false;
      }
      await store(fields);
      setTyped((now) => ({ ...now, value: '', file: undefined }));
      onCreated(fields.identifier, fields.name.trim());
      return true;
    } catch (error) {
      const refused = refusedFields(error);
      setErrors(refused ?? {});
      if (!refused && !upload.wasCancelled(error))
        setFailure(error instanceof Error ? error : new Error(String(error)));
      return false;
    }
  };

  const clear = (...changed: SecretField[]) =>
    setErrors((now) => ({ ...now, ...Object.fromEntries(changed.map((field) => [field, undefined])) }));
  return {
    fields,
    tags,
    errors,
    saving: save.isPending || upload.part !== undefined,
    upload,
    failure,
    submit,
    set: (change: Partial<Omit<NewSecret, 'identifier'>>): void => {
      clear(
        ...Object.keys(change).filter(isSecretField),
        ...(change.name !== undefined ? (['identifier'] as const) : []),
      );
      setTyped((now) => ({ ...now, ...change }));
    },
    setIdentifier: (text: string): void => {
      clear('identifier');
      setTypedId(text);
    },
    setError: (field: SecretField, text: string | undefined): void => setErrors((now) => ({ ...now, [field]: text })),
    setTags,
    forgetFailure: (): void => setFailure(undefined),
  };
}
export type CreateSecret = ReturnType<typeof useCreateSecret>;
