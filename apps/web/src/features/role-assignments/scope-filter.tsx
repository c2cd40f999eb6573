import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { Place } from './api/list-assignments.ts';
import { ScopeFields } from './scope-fields.tsx';

const PAUSE_MS = 400;

interface Props {
  readonly value: Place;
  readonly onChange: (place: Place) => void;
}

/** Where to look: typed, and looked for after a pause. */
export function ScopeFilter({ value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const commit = useDebouncedCallback(onChange, PAUSE_MS);
  return (
    <ScopeFields
      value={typed}
      onChange={(place) => {
        setTyped(place);
        commit(place);
      }}
    />
  );
}
