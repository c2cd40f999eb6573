import { Box, Button, Group, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type RoleResponse, roleInputSchema } from '@wardline/contracts';
import { useState } from 'react';
import { notify } from '../../ui/notify.ts';
import { Panel } from '../../ui/panel.tsx';
import { NameAndId } from '../access-control/name-and-id.tsx';
import { FormFailure } from '../identity/form-failure.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { useSaveRole } from './api/save-role.ts';
import { PermissionsField } from './permissions-field.tsx';

const BLANK = { identifier: '', name: '', description: '', tags: {}, permissions: [] } as const;

/** What a role is called and which rights it has; a new one where there is none yet. */
export function RoleEditor({ role }: { readonly role?: RoleResponse['role'] }) {
  const [draft, setDraft] = useState<Pick<RoleResponse['role'], keyof typeof BLANK>>(() => {
    const { identifier, name, description, tags, permissions } = role ?? BLANK;
    return { identifier, name, description, tags, permissions: [...permissions] };
  });
  const navigate = useNavigate();
  const save = useSaveRole();
  const leave = (roleId: string | undefined): void =>
    void navigate(
      roleId === undefined
        ? { to: '/settings/access-control/roles' }
        : { to: '/settings/access-control/roles/$roleId', params: { roleId } },
    );
  const checked = useCheckedForm(roleInputSchema, async (input) => {
    await save(input, role ? 'changed' : 'new');
    notify({ color: 'green', message: `Saved ${input.name}.` });
    leave(input.identifier);
  });
  const { form, errors, failure, pending, onSubmit, clear } = checked;
  return (
    <form ref={form} onSubmit={onSubmit(draft)} noValidate>
      <Stack gap="md">
        <Panel title="About">
          <Box maw="34rem">
            <NameAndId
              value={draft}
              onChange={(described) => setDraft({ ...draft, ...described })}
              errors={errors}
              clear={clear}
              exists={role !== undefined}
            />
          </Box>
        </Panel>
        <Panel
          title="Rights"
          description="None implies another: whoever may edit secrets can’t read their values unless that is ticked too."
        >
          <PermissionsField value={draft.permissions} onChange={(permissions) => setDraft({ ...draft, permissions })} />
        </Panel>
        <FormFailure error={failure} title="The role was not saved" />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => leave(role?.identifier)}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {role ? 'Save' : 'Create role'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
