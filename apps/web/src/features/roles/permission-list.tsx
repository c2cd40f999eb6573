import { Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { PERMISSIONS, type Permission } from '@wardline/contracts';
import { PERMISSION_GROUPS, RESOURCE_TITLES } from './permission-groups.ts';
import classes from './permissions.module.css';

/** The rights that a role has, by what they are about. */
export function PermissionList({ permissions }: { readonly permissions: readonly Permission[] }) {
  const groups = PERMISSION_GROUPS.map(({ type, permissions: all }) => ({
    type,
    held: all.filter((permission) => permissions.includes(permission)),
  })).filter(({ held }) => held.length > 0);
  if (groups.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None: whoever has this role can do nothing more by it.
      </Text>
    );
  }
  return (
    <div className={classes.groups}>
      {groups.map(({ type, held }) => (
        <section key={type}>
          <h3 className={classes.title}>{RESOURCE_TITLES[type]}</h3>
          <ul className={classes.list}>
            {held.map((permission) => (
              <li key={permission} className={classes.held} title={permission}>
                <IconCheck size={15} aria-hidden />
                {PERMISSIONS[permission].title}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
