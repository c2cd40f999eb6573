import { Alert, Checkbox } from '@mantine/core';
import { PERMISSIONS, type Permission } from '@wardline/contracts';
import { useLacked } from '../access-control/use-held.ts';
import { PERMISSION_GROUPS, RESOURCE_TITLES } from './permission-groups.ts';
import classes from './permissions.module.css';

interface Props {
  readonly value: readonly Permission[];
  readonly onChange: (value: Permission[]) => void;
}

/** The rights of a role, by what they are about. Nobody gives what they have not: those can be taken out only. */
export function PermissionsField({ value, onChange }: Props) {
  const lacked = useLacked();
  const chosen = new Set(value);
  const unkeepable = lacked(value);
  const toggle = (permission: Permission): void =>
    onChange(chosen.has(permission) ? value.filter((each) => each !== permission) : [...value, permission]);
  return (
    <>
      {unkeepable.length > 0 && (
        <Alert color="yellow" mb="md" role="status">
          This role has rights that you don’t have. You can take them out; you can’t save the role with them.
        </Alert>
      )}
      <div className={classes.groups}>
        {PERMISSION_GROUPS.map(({ type, permissions }) => (
          <fieldset key={type} className={classes.group}>
            <legend>{RESOURCE_TITLES[type]}</legend>
            <div className={classes.list}>
              {permissions.map((permission) => {
                const missing = lacked([permission]).length > 0;
                return (
                  <Checkbox
                    key={permission}
                    label={PERMISSIONS[permission].title}
                    checked={chosen.has(permission)}
                    disabled={missing && !chosen.has(permission)}
                    onChange={() => toggle(permission)}
                    {...(missing && { description: 'You don’t have this right, so you can’t give it.' })}
                  />
                );
              })}
            </div>
          </fieldset>
        ))}
      </div>
    </>
  );
}
