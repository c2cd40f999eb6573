import { Radio, type RadioGroupProps, Text } from '@mantine/core';
import classes from '../wizard.module.css';

/** One choice, with a line that says when to take it. */
interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description: string;
  readonly disabled?: boolean;
}

interface Props<Value extends string> extends Pick<RadioGroupProps, 'label' | 'aria-label' | 'required'> {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly note?: RadioGroupProps['children'];
}

/**
 * Choices as cards, of which one is taken. For the keyboard they are one stop, and the arrow keys move between them
 * (https://www.w3.org/WAI/ARIA/apg/patterns/radio/).
 */
export function ChoiceCards<Value extends string>({ choices, value, onChange, label, note, ...group }: Props<Value>) {
  const choose = (text: string): void => {
    const choice = choices.find((candidate) => candidate.value === text);
    if (choice) onChange(choice.value);
  };
  return (
    <Radio.Group label={label} {...group} value={value} onChange={choose}>
      <div className={classes.cards} {...(label && { style: { marginTop: 6 } })}>
        {choices.map((choice) => (
          <ChoiceCard key={choice.value} {...choice} chosen={choice.value === value} />
        ))}
      </div>
      {note}
    </Radio.Group>
  );
}

function ChoiceCard({ value, label, description, disabled = false, chosen }: Choice<string> & { chosen: boolean }) {
  return (
    <Radio.Card value={value} className={classes.card} disabled={disabled} tabIndex={chosen ? 0 : -1}>
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
