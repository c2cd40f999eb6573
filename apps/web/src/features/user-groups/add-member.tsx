import { Button, Stack } from '@mantine/core';
import type { UserGroup } from '@wardline/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { FormFailure } from '../identity/form-failure.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { useMay } from '../identity/use-may.ts';
import { SelectUser } from '../role-assignments/select-holder.tsx';
import classes from './add-member.module.css';
import { useChangeMember } from './api/change-member.ts';

const memberSchema = z.object({ userId: z.string({ error: 'Choose a user.' }) });

/** Lets a user into a group; for whoever may see users. */
export function AddMember({ group }: { readonly group: UserGroup }) {
  return useMay('core_user_view') ? <AddMemberForm key={group.users.length} group={group} /> : null;
}

function AddMemberForm({ group }: { readonly group: UserGroup }) {
  const [userId, setUserId] = useState<string>();
  const change = useChangeMember();
  const checked = useCheckedForm(memberSchema, async (member) => {
    await change(group.identifier, member.userId, 'member');
  });
  const { form, errors, failure, pending, onSubmit, clear } = checked;
  const known = userId !== undefined && group.users.includes(userId);
  return (
    <form ref={form} onSubmit={onSubmit({ userId })} noValidate aria-label="Add a member">
      <Stack gap="sm" mb="md">
        <div className={classes.line}>
          <SelectUser
            label="Add a member"
            value={userId}
            error={known ? 'Is in the group already.' : errors.userId}
            onChange={(next) => {
              setUserId(next);
              clear('userId');
            }}
          />
          <Button type="submit" variant="default" loading={pending} disabled={known}>
            Add
          </Button>
        </div>
        <FormFailure error={failure} title="The user was not let into the group" />
      </Stack>
    </form>
  );
}
