import { Select, Text } from '@mantine/core';
import type { RoleResponse, Scope } from '@wardline/contracts';
import { lackedText, useLacked } from '../access-control/use-held.ts';
import { useRoleChoices } from './api/list-roles.ts';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly clearable?: boolean;
  /** Its identifier. */
  readonly value: string | undefined;
  readonly onChange: (role: RoleResponse | undefined) => void;
  readonly error: string | undefined;
  /** Where it is to be given. */
  readonly place?: Partial<Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>>;
}

/** A role to give. What one may not give, for want of a right in it, is there with the reason and can't be chosen. */
export function SelectRole({ value, onChange, error, place = {}, clearable = false, ...field }: Props) {
  const { data: roles = [], error: failure } = useRoleChoices();
  const lacked = useLacked(place);
  const reasons = new Map(roles.map(({ role }) => [role.identifier, lackedText(lacked(role.permissions))]));
  return (
    <Select
      {...field}
      searchable
      clearable={clearable}
      placeholder="Choose a role"
      nothingFoundMessage="No such role"
      data={roles.map(({ role: { identifier, name } }) => ({
        value: identifier,
        label: name,
        disabled: reasons.get(identifier) !== undefined,
      }))}
      value={value ?? null}
      onChange={(next) => onChange(roles.find(({ role }) => role.identifier === next))}
      error={error ?? failure?.message}
      renderOption={({ option }) => (
        <div>
          {option.label}
          <Text span display="block" size="xs" c="dimmed">
            {reasons.get(option.value) ?? roles.find(({ role }) => role.identifier === option.value)?.role.description}
          </Text>
        </div>
      )}
    />
  );
}
