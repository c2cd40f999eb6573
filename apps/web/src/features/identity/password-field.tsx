import { PasswordInput, type PasswordInputProps, Text } from '@mantine/core';
import { IconArrowBigUp } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import classes from './password-field.module.css';

interface Props extends Pick<PasswordInputProps, 'label' | 'description' | 'error' | 'value'> {
  readonly autoComplete: 'current-password' | 'new-password';
  readonly onChange: (password: string) => void;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A password while it is typed: shown when one asks for it, and a hint where Caps Lock is on. */
export function PasswordField({ onChange, autoFocus, inputRef, ...rest }: Props) {
  const [capsLock, setCapsLock] = useState(false);
  const onKey = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div>
      <PasswordInput
        {...rest}
        {...(inputRef && { ref: inputRef })}
        {...(autoFocus && { 'data-autofocus': true })}
        required
        withAsterisk={false}
        aria-invalid={rest.error ? true : undefined}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        descriptionProps={{ component: 'div' }}
        name={rest.autoComplete}
        spellCheck={false}
        autoCapitalize="none"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKey}
        onKeyUp={onKey}
        onBlur={() => setCapsLock(false)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
      />
      <div role="status" aria-live="polite">
        {capsLock && (
          <Text size="xs" className={classes.capsLock}>
            <IconArrowBigUp size={14} aria-hidden /> Caps Lock is on.
          </Text>
        )}
      </div>
    </div>
  );
}
