import { Input, Radio, Text } from '@mantine/core';
import { IconFile, IconKey } from '@tabler/icons-react';
import { SECRET_TYPES, type SecretType } from '@wardline/contracts';
import { TYPE_WORDS } from '../words.ts';
import classes from './new-secret.module.css';

const KINDS = {
  SecretText: { Icon: IconKey, words: 'A password, a key, a token, or any other text' },
  SecretFile: { Icon: IconFile, words: 'A file as it is, of at most 10 MiB' },
} as const satisfies Record<SecretType, object>;

interface Props {
  readonly value: SecretType;
  readonly onChange: (type: SecretType) => void;
}

/** Text or file: two cards, of which one is chosen. */
export function SecretKind({ value, onChange }: Props) {
  return (
    <Radio.Group
      label="Type"
      value={value}
      onChange={(next) => onChange(SECRET_TYPES.find((type) => type === next) ?? value)}
    >
      <div className={classes.kinds}>
        {SECRET_TYPES.map((type) => {
          const { Icon, words } = KINDS[type];
          return (
            <Radio.Card key={type} value={type} className={classes.kind} aria-label={`${TYPE_WORDS[type]}: ${words}`}>
              <Icon size={20} stroke={1.7} aria-hidden />
              <span>
                <Text span display="block" size="sm" fw={570}>
                  {TYPE_WORDS[type]}
                </Text>
                <Text span display="block" size="xs" c="dimmed">
                  {words}
                </Text>
              </span>
            </Radio.Card>
          );
        })}
      </div>
      <Input.Description mt={6}>It can’t change after the secret is created.</Input.Description>
    </Radio.Group>
  );
}
