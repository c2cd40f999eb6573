import { Button, Text } from '@mantine/core';
import type { RoleAssignmentAggregate } from '@wardline/contracts';
import type { ReactNode } from 'react';
import rows from '../../ui/rows.module.css';
import { useAsked } from '../../ui/use-asked.ts';
import { useMay } from '../identity/use-may.ts';
import { RemoveAssignmentDialog } from './remove-assignment-dialog.tsx';

interface Props {
  readonly label: string;
  readonly assignments: readonly RoleAssignmentAggregate[];
  readonly title: (assignment: RoleAssignmentAggregate) => ReactNode;
  readonly subtitle: (assignment: RoleAssignmentAggregate) => ReactNode;
}

/** Assignments below each other in a panel, each with the way to end it. */
export function AssignmentRows({ label, assignments, title, subtitle }: Props) {
  const mayRemove = useMay('core_role_delete');
  const asked = useAsked<RoleAssignmentAggregate>();
  return (
    <>
      <ul className={rows.list} aria-label={label}>
        {assignments.map((assignment) => (
          <li key={assignment.identifier} className={rows.row}>
            <div className={rows.words}>
              <Text component="div" size="sm" fw={550}>
                {title(assignment)}
              </Text>
              <Text component="div" size="xs" c="dimmed">
                {subtitle(assignment)}
              </Text>
            </div>
            {mayRemove && (
              <Button
                size="xs"
                variant="default"
                aria-label={`Take away ${assignment.role.role.name} from ${assignment.principal.name}`}
                onClick={(event) => asked.ask(assignment, event.currentTarget)}
              >
                Take away
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked.subject && (
        <RemoveAssignmentDialog assignment={asked.subject} opened={asked.opened} onClose={asked.close} />
      )}
    </>
  );
}
