import { PasswordInput } from '@mantine/core';
import { StrayWhitespace } from './stray-whitespace.tsx';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly description?: string;
}

/** A secret's value of one line while it is typed: hidden unless one looks, and a warning for blanks that came along. */
export function SecretValueInput({ value, onChange, error, description }: Props) {
  return (
    <div>
      <PasswordInput
        label="Value"
        description={description}
        required
        data-autofocus
        autoComplete="new-password"
        data-1p-ignore
        spellCheck={false}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the value', tabIndex: 0 }}
      />
      <StrayWhitespace value={value} onChange={onChange} />
    </div>
  );
}
