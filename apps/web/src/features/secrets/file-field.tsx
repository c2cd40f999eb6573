import { Button, CloseButton, Group, Input, Text } from '@mantine/core';
import { IconFile, IconUpload } from '@tabler/icons-react';
import { FILE_MAX_BYTES } from '@wardline/contracts';
import { type DragEvent, useId, useRef, useState } from 'react';
import { formatBytes } from '../../lib/format.ts';
import classes from './file-field.module.css';

interface Props {
  readonly file: File | undefined;
  readonly onChange: (file: File | undefined) => void;
  readonly error: string | undefined;
  readonly disabled?: boolean;
}

/** Takes a file: dropped, or chosen by the button. Nothing of it is read here. */
export function FileField({ file, onChange, error, disabled = false }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const labelId = useId();
  const errorId = useId();

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!disabled) onChange(event.dataTransfer.files[0]);
  };

  return (
    <Input.Wrapper
      label="File"
      labelElement="div"
      labelProps={{ id: labelId }}
      required
      error={error}
      errorProps={{ id: errorId }}
    >
      <fieldset
        aria-labelledby={labelId}
        className={classes.field}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <div className={classes.zone} data-over={over || undefined} data-invalid={error ? true : undefined}>
          <input
            ref={input}
            type="file"
            hidden
            aria-label="File"
            onChange={({ currentTarget }) => {
              onChange(currentTarget.files?.[0]);
              // The same file may be chosen again after it was changed.
              currentTarget.value = '';
            }}
          />
          {file ? (
            <Chosen
              file={file}
              onRemove={() => {
                onChange(undefined);
                requestAnimationFrame(() => button.current?.focus());
              }}
              disabled={disabled}
            />
          ) : (
            <>
              <IconUpload size={22} stroke={1.7} aria-hidden className={classes.icon} />
              <Text size="sm">Drop a file here, or choose one.</Text>
              <Text size="xs" c="dimmed">
                Any file of at most {formatBytes(FILE_MAX_BYTES)}: a key, a certificate, a keystore, a configuration.
              </Text>
            </>
          )}
          <Button
            ref={button}
            size="xs"
            variant="default"
            disabled={disabled}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? errorId : undefined}
            onClick={() => input.current?.click()}
          >
            {file ? 'Choose another file' : 'Choose a file'}
          </Button>
        </div>
      </fieldset>
    </Input.Wrapper>
  );
}

interface ChosenProps {
  readonly file: File;
  readonly onRemove: () => void;
  readonly disabled: boolean;
}

function Chosen({ file, onRemove, disabled }: ChosenProps) {
  return (
    <Group gap="sm" wrap="nowrap" maw="100%">
      <IconFile size={20} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Text size="sm" fw={550} className={classes.name}>
          {file.name}
        </Text>
        <Text size="xs" c="dimmed">
          {formatBytes(file.size)}
        </Text>
      </div>
      <CloseButton aria-label={`Remove ${file.name}`} disabled={disabled} onClick={onRemove} />
    </Group>
  );
}
