import { Button, Group, Input, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { useMay } from '../identity/use-may.ts';
import { useSecret } from './api/get-secret.ts';
import { ReplaceValueDialog } from './replace-value-dialog.tsx';
import { SecretDialog, secretIdOf } from './secret-dialog.tsx';
import classes from './secrets.module.css';

interface Props {
  readonly label: string;
  readonly description?: string;
  /** The reference, for example `account.aws_key`; empty for none. */
  readonly value: string;
  readonly onChange: (reference: string) => void;
  readonly suggestedName: string;
  readonly error?: string | undefined;
}

/** A field that holds a reference to a secret, never its value. */
export function SecretField({ label, description, value, onChange, suggestedName, error }: Props) {
  const [opened, dialog] = useDisclosure();
  const id = useId();
  const errorId = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const choose = (reference: string): void => {
    onChange(reference);
    // The button that opened the dialog may be gone with the first choice: the keyboard goes on at its successor.
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>('button:last-of-type')?.focus());
  };
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id }}
      description={description}
      error={error}
      errorProps={{ id: errorId }}
      required
    >
      <fieldset ref={group} aria-labelledby={id} className={classes.group}>
        {value ? (
          <ChosenSecret reference={value} onChange={dialog.open} error={error} errorId={errorId} />
        ) : (
          <Button
            variant="default"
            fullWidth
            justify="flex-start"
            size="md"
            fz="sm"
            fw={500}
            className={classes.empty}
            leftSection={<IconPlus size={16} aria-hidden />}
            data-invalid={error ? true : undefined}
            aria-describedby={error ? errorId : undefined}
            onClick={dialog.open}
          >
            Create or Select a Secret
          </Button>
        )}
      </fieldset>
      <SecretDialog
        opened={opened}
        onClose={dialog.close}
        purpose={label}
        suggestedName={suggestedName}
        current={value}
        onChoose={choose}
      />
    </Input.Wrapper>
  );
}

interface ChosenSecretProps {
  readonly reference: string;
  readonly onChange: () => void;
  readonly error: string | undefined;
  readonly errorId: string;
}

function ChosenSecret({ reference, onChange, error, errorId }: ChosenSecretProps) {
  const [replacing, dialog] = useDisclosure();
  const mayReplace = useMay('core_secret_edit');
  const { data, error: missing } = useSecret(secretIdOf(reference));
  return (
    <div className={classes.chosen}>
      <div className={classes.chosenWords}>
        <IconKey size={18} aria-hidden />
        <div className={classes.chosenText}>
          <Text size="sm" fw={550} lineClamp={2}>
            {data?.secret.name ?? secretIdOf(reference)}
          </Text>
          <Text size="xs" c={missing ? 'red' : 'dimmed'} className="wl-mono">
            {missing ? 'This secret can’t be read. Choose another one.' : reference}
          </Text>
        </div>
      </div>
      <Group gap={4}>
        {data && mayReplace && (
          <Button size="compact-sm" variant="subtle" onClick={dialog.open}>
            Replace value
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          data-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          onClick={onChange}
        >
          Change
        </Button>
      </Group>
      {data && <ReplaceValueDialog opened={replacing} onClose={dialog.close} item={data} oneLine />}
    </div>
  );
}
