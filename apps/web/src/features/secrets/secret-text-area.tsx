import { ActionIcon, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import classes from './secret-text-area.module.css';
import { StrayWhitespace } from './stray-whitespace.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly description?: string;
  readonly autoFocus?: boolean;
}

/** A secret's value of any number of lines, as it is typed or pasted: masked unless one looks. */
export function SecretTextArea({ label, value, onChange, error, description, autoFocus }: Props) {
  const [shown, look] = useDisclosure(false);
  const words = shown ? 'Hide what is typed' : 'Show what is typed';
  return (
    <div>
      <Textarea
        label={label}
        description={description}
        required
        {...(autoFocus && { 'data-autofocus': true })}
        rows={4}
        resize="vertical"
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        data-1p-ignore
        spellCheck={false}
        value={value}
        error={error}
        classNames={{ input: `wl-mono ${shown ? '' : classes.masked}`, section: classes.section }}
        onChange={(event) => onChange(event.currentTarget.value)}
        rightSectionPointerEvents="all"
        rightSection={
          <ActionIcon onClick={look.toggle} aria-label={words} title={words} aria-pressed={shown}>
            {shown ? <IconEyeOff size={18} aria-hidden /> : <IconEye size={18} aria-hidden />}
          </ActionIcon>
        }
      />
      <StrayWhitespace value={value} onChange={onChange} />
    </div>
  );
}
