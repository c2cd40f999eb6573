import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { identifierSchema } from '@wardline/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { notify } from '../../ui/notify.ts';
import { lackedText, useLacked } from '../access-control/use-held.ts';
import { FormFailure } from '../identity/form-failure.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { useRoleChoices } from '../roles/api/list-roles.ts';
import { SelectRole } from '../roles/select-role.tsx';
import { useAssignRole } from './api/assign-role.ts';
import type { Holder, Place } from './api/list-assignments.ts';
import { ScopeFields } from './scope-fields.tsx';
import { SelectHolder } from './select-holder.tsx';
import { placeWords } from './words.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Whom to give it to, where that is settled. */
  readonly holder?: Holder & { readonly name: string };
  /** Which role to give, where that is settled. */
  readonly roleIdentifier?: string;
  /** Where to begin with; the account unless told otherwise. */
  readonly place?: Place;
}

/** Gives a role to a user, a group or a service account, somewhere. */
export function AssignRoleDialog({ opened, onClose, ...given }: Props) {
  const title = given.holder ? `Give a role to ${given.holder.name}` : 'Give a role';
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={520}>
      <AssignRoleForm {...given} onDone={onClose} />
    </Modal>
  );
}

const scopeId = identifierSchema.optional();
const newAssignmentSchema = z.object({
  identifier: z.string({ error: 'Choose who gets it.' }),
  roleIdentifier: z.string({ error: 'Choose a role.' }),
  orgIdentifier: scopeId,
  projectIdentifier: scopeId,
});

type FormProps = Omit<Props, 'opened' | 'onClose'> & { readonly onDone: () => void };

function AssignRoleForm({ holder: settled, roleIdentifier: settledRole, place: start = {}, onDone }: FormProps) {
  const [chosen, setHolder] = useState<Holder>();
  const [roleIdentifier, setRole] = useState(settledRole);
  const [place, setPlace] = useState<Place>(start);
  const holder = settled ?? chosen;
  const assign = useAssignRole();
  const checked = useCheckedForm(newAssignmentSchema, async ({ roleIdentifier: role }) => {
    if (!holder) return;
    await assign({ place, roleIdentifier: role, holder: { type: holder.type, identifier: holder.identifier } });
    notify({ color: 'green', message: `The role is given for ${placeWords(place)}.` });
    onDone();
  });
  const { form, errors, failure, pending, onSubmit, clear } = checked;
  const values = { identifier: holder?.identifier, roleIdentifier, ...place };
  return (
    <form ref={form} onSubmit={onSubmit(values)} noValidate>
      <Stack gap="md">
        {!settled && (
          <SelectHolder
            value={chosen}
            error={errors.identifier}
            onChange={(next) => {
              setHolder(next);
              clear('identifier');
            }}
          />
        )}
        {settledRole === undefined && (
          <SelectRole
            label="Role"
            value={roleIdentifier}
            place={place}
            error={errors.roleIdentifier}
            onChange={(next) => {
              setRole(next?.role.identifier);
              clear('roleIdentifier');
            }}
          />
        )}
        <ScopeFields
          value={place}
          errors={errors}
          onChange={(next) => {
            setPlace(next);
            clear('orgIdentifier');
            clear('projectIdentifier');
          }}
        />
        <Text size="sm" c="dimmed">
          Its rights hold for {placeWords(place)}, and for everything below.
        </Text>
        {roleIdentifier !== undefined && <NotGivable roleIdentifier={roleIdentifier} place={place} />}
        <FormFailure error={failure} title="The role was not given" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Give role
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Why the chosen role can't be given at this place: rights held in one scope say nothing about another. */
function NotGivable({ roleIdentifier, place }: { readonly roleIdentifier: string; readonly place: Place }) {
  const { data: roles } = useRoleChoices();
  const lacked = useLacked(place);
  const role = roles?.find((each) => each.role.identifier === roleIdentifier)?.role;
  const reason = role && lackedText(lacked(role.permissions));
  return reason ? (
    <Alert color="yellow" role="status">
      {reason} for {placeWords(place)}.
    </Alert>
  ) : null;
}
