import { TagsInput } from '@mantine/core';
import { delegateTags } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { useDelegates } from './api/list-delegates.ts';

interface Props {
  readonly value: readonly string[];
  readonly onChange: (selectors: string[]) => void;
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
  readonly onBlur?: () => void;
}

/** Above the field, since the suggestions open below it as soon as it has the focus. */
const ERROR_ABOVE: ('label' | 'description' | 'error' | 'input')[] = ['label', 'description', 'error', 'input'];

/** Delegate tags, with those of the delegates that exist as suggestions. Compared without case. */
export function SelectorsInput({ value, onChange, ...field }: Props) {
  const { data: groups = [] } = useDelegates();
  const suggestions = [...new Set(groups.flatMap(delegateTags))].toSorted();
  return (
    <TagsInput
      {...field}
      value={[...value]}
      onChange={onChange}
      data={suggestions}
      comboboxProps={{ withinPortal: false }}
      inputWrapperOrder={ERROR_ABOVE}
      splitChars={[',', ' ']}
      isDuplicate={(tag, present) => present.some((other) => other.toLowerCase() === tag.toLowerCase())}
      placeholder={value.length === 0 ? 'For example embedded' : ''}
    />
  );
}
