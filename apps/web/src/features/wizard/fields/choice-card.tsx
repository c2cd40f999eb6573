import { Radio, Text } from '@mantine/core';
import classes from '../wizard.module.css';

interface Props {
  readonly value: string;
  readonly label: string;
  readonly description: string;
  readonly disabled?: boolean;
}

/** One choice of a radio group, with a line that says when to take it. */
export function ChoiceCard({ value, label, description, disabled = false }: Props) {
  return (
    <Radio.Card value={value} className={classes.card} disabled={disabled}>
      <Radio.Indicator disabled={disabled} mt={1} />
      <span>
        <Text component="span" display="block" size="sm" fw={550} {...(disabled && { c: 'dimmed' })}>
          {label}
        </Text>
        <Text component="span" display="block" size="xs" c="dimmed" mt={2}>
          {description}
        </Text>
      </span>
    </Radio.Card>
  );
}
