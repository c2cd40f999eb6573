import { type FormEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { z } from 'zod';
import type { Draft, DraftField } from './draft/draft.ts';
import { fieldErrors } from './step-schemas.ts';
import { useWizard } from './wizard-context.ts';

/** Which fields show what is wrong with them: none at first, those that were left, all after Continue. */
type Shown = ReadonlySet<DraftField> | 'all';

function isEmpty(value: Draft[DraftField]): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/**
 * The form of one step: errors beside their fields, at the earliest when a field that was typed into is left,
 * and the first wrong field focused when one wants to go on.
 */
export function useStepForm(schema: z.ZodType) {
  const { draft, problems } = useWizard();
  const [shown, setShown] = useState<Shown>(new Set());
  const formRef = useRef<HTMLFormElement>(null);
  const errors = fieldErrors(schema, draft);

  const field = (name: DraftField) => ({
    error: problems[name] ?? (shown === 'all' || shown.has(name) ? errors[name] : undefined),
    onBlur: () => {
      if (shown !== 'all' && !isEmpty(draft[name])) setShown(new Set([...shown, name]));
    },
  });

  const focusFirstWrong = (): void =>
    formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"]')?.focus();

  /** Shows every error and focuses the first; true when there is none. */
  const check = (): boolean => {
    flushSync(() => setShown('all'));
    if (Object.keys(errors).length === 0) return true;
    focusFirstWrong();
    return false;
  };

  const onSubmit = (onValid: () => void) => (event: FormEvent) => {
    event.preventDefault();
    if (check()) onValid();
  };

  return { formRef, field, check, onSubmit, focusFirstWrong, wrong: shown === 'all' ? Object.keys(errors).length : 0 };
}

/** How a step's fields get their error, and tell that they were left. */
export type StepField = ReturnType<typeof useStepForm>['field'];
