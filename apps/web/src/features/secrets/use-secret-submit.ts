import { type FormEvent, useRef } from 'react';

/** For a form element: submits, and when something is wrong puts the keyboard on the first field that is. */
export function useSecretSubmit(submit: () => Promise<boolean>) {
  const ref = useRef<HTMLFormElement>(null);
  const send = async (): Promise<void> => {
    if (await submit()) return;
    requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return {
    ref,
    onSubmit: (event: FormEvent): void => {
      event.preventDefault();
      // React hands events of a dialog to the form around it too, which is not the one that was submitted.
      event.stopPropagation();
      void send();
    },
  };
}
