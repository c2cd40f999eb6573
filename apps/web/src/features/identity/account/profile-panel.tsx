import { Button, Stack, TextInput } from '@mantine/core';
import { type Profile, profileChangeSchema } from '@wardline/contracts';
import { useState } from 'react';
import { notify } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panel.tsx';
import { useSaveProfile } from '../api/save-profile.ts';
import { FormFailure } from '../form-failure.tsx';
import { useCheckedForm } from '../use-checked-form.ts';
import classes from './account.module.css';

/** What one is called. The e-mail address is who one is, and stays. */
export function ProfilePanel({ profile }: { readonly profile: Profile }) {
  const [name, setName] = useState(profile.name);
  const save = useSaveProfile();
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(profileChangeSchema, async (change) => {
    await save(change);
    notify({ color: 'green', message: 'Your name is saved.' });
  });
  return (
    <Panel title="Profile">
      <form ref={form} onSubmit={onSubmit({ name })} noValidate aria-label="Profile">
        <Stack gap="md" align="flex-start" className={classes.narrow}>
          <TextInput
            label="E-mail address"
            w="100%"
            value={profile.email}
            readOnly
            variant="filled"
            description="You sign in with it. It can’t be changed here."
          />
          <TextInput
            label="Name"
            w="100%"
            autoComplete="name"
            required
            withAsterisk={false}
            value={name}
            error={errors.name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              clear('name');
            }}
          />
          <FormFailure error={failure} title="Your name was not saved" />
          <Button type="submit" variant="default" loading={pending} disabled={name.trim() === profile.name}>
            Save name
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
