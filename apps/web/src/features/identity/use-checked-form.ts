import { type FormEvent, useRef, useState } from 'react';
import type { z } from 'zod';
import { ApiFailure } from '../../lib/api.ts';

/** What is wrong with which field, by its name. */
export type FieldErrors = Readonly<Record<string, string>>;

function typedErrors(error: z.ZodError): FieldErrors {
  return Object.fromEntries(error.issues.toReversed().map(({ path, message }) => [String(path[0] ?? ''), message]));
}

/** A refusal of the server, sorted into the fields of the form; empty when it names none of them. */
function refusedErrors(error: Error, values: object): FieldErrors {
  const fields = error instanceof ApiFailure ? error.fields : [];
  const named = fields.map(({ fieldId, error: text }) => [fieldId.split('.').at(-1) ?? '', text] as const);
  return Object.fromEntries(named.filter(([field]) => Object.hasOwn(values, field)));
}

/**
 * A form that is held to a schema of the contracts before it is sent. What the server refuses stands at its field, or
 * is the `failure` of the whole. Values stay with the caller: passwords are kept nowhere but in the field.
 */
export function useCheckedForm<T>(schema: z.ZodType<T>, send: (values: T) => Promise<void>) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<Error>();
  const [pending, setPending] = useState(false);

  const show = (found: FieldErrors): void => {
    setErrors(found);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  const submit = async (values: object): Promise<void> => {
    setFailure(undefined);
    const parsed = schema.safeParse(values);
    if (!parsed.success) return show(typedErrors(parsed.error));
    setErrors({});
    setPending(true);
    try {
      await send(parsed.data);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const refused = refusedErrors(error, values);
      if (Object.keys(refused).length > 0) show(refused);
      else setFailure(error);
    } finally {
      setPending(false);
    }
  };

  return {
    form,
    errors,
    failure,
    pending,
    submit,
    /** For the form element. React hands events of a dialog to the form around it too, hence the stop. */
    onSubmit: (values: object) => (event: FormEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (!pending) void submit(values);
    },
    /** Forgets what was wrong with a field, since it is being changed. */
    clear: (field: string) => setErrors(({ [field]: _gone, ...rest }) => rest),
  };
}
