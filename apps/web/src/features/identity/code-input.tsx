import { TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import classes from './code-input.module.css';

interface Props {
  readonly value: string;
  readonly onChange: (code: string) => void;
  /** Called once with the sixth digit, typed or pasted. */
  readonly onComplete: (code: string) => void;
  readonly error: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
}

const DIGITS = 6;

/** The six digits of an authenticator app. One field, so that pasting and the browser's own filling work. */
export function CodeInput({ value, onChange, onComplete, error, inputRef }: Props) {
  const change = (text: string): void => {
    const digits = text.replace(/\D/g, '').slice(0, DIGITS);
    onChange(digits);
    if (digits.length === DIGITS && digits !== value) onComplete(digits);
  };
  return (
    <TextInput
      {...(inputRef && { ref: inputRef })}
      label="Six-digit code"
      inputMode="numeric"
      autoComplete="one-time-code"
      data-autofocus
      size="lg"
      classNames={{ input: classes.code, label: classes.label }}
      value={value}
      error={error}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
