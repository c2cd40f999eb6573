import { IconCheck, IconPoint } from '@tabler/icons-react';
import { PASSWORD_MIN_LENGTH } from '@wardline/contracts';
import type { ReactNode } from 'react';
import classes from './password-field.module.css';
import { PasswordField } from './password-field.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  /** Whose password it becomes: it must not be their address. */
  readonly email: string;
  readonly onChange: (password: string) => void;
  readonly autoFocus?: boolean;
}

/** A password to choose, with the rules that it meets so far. Common passwords only the server knows. */
export function NewPasswordField({ label, value, error, email, onChange, autoFocus = false }: Props) {
  const isEmail = value !== '' && value.toLowerCase() === email.trim().toLowerCase();
  const rules = (
    <ul className={classes.rules}>
      <Rule met={value.length >= PASSWORD_MIN_LENGTH}>
        At least {PASSWORD_MIN_LENGTH} characters{value !== '' && `: ${value.length} so far`}
      </Rule>
      <Rule met={value !== '' && !isEmail}>Not your e-mail address</Rule>
      <li className={classes.remark}>Passwords that many people use are refused.</li>
    </ul>
  );
  return (
    <PasswordField
      label={label}
      description={rules}
      autoComplete="new-password"
      autoFocus={autoFocus}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}

function Rule({ met, children }: { readonly met: boolean; readonly children: ReactNode }) {
  const Icon = met ? IconCheck : IconPoint;
  return (
    <li className={classes.rule} data-met={met || undefined}>
      <Icon size={14} aria-label={met ? 'Met:' : 'Not met yet:'} role="img" />
      <span>{children}</span>
    </li>
  );
}
