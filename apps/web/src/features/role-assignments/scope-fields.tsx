import { TextInput } from '@mantine/core';
import type { Place } from './api/list-assignments.ts';

interface Props {
  readonly value: Place;
  readonly onChange: (place: Place) => void;
  readonly errors?: Readonly<Record<string, string>>;
}

/** Where: the account, or an organization or project by its ID, typed since none are listed here. */
export function ScopeFields({ value: { orgIdentifier = '', projectIdentifier = '' }, onChange, errors = {} }: Props) {
  const change = (org: string, project: string): void =>
    onChange({
      ...(org && { orgIdentifier: org }),
      ...(org && project && { projectIdentifier: project }),
    });
  return (
    <>
      <TextInput
        label="Organization"
        placeholder="Empty: the account"
        autoComplete="off"
        value={orgIdentifier}
        error={errors.orgIdentifier}
        onChange={(event) => change(event.currentTarget.value.trim(), projectIdentifier)}
      />
      <TextInput
        label="Project"
        placeholder={orgIdentifier ? 'Empty: all of it' : 'Organization first'}
        autoComplete="off"
        disabled={!orgIdentifier}
        value={projectIdentifier}
        error={errors.projectIdentifier}
        onChange={(event) => change(orgIdentifier, event.currentTarget.value.trim())}
      />
    </>
  );
}
