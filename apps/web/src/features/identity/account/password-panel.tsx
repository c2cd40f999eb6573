import { Button, Stack, Text } from '@mantine/core';
import { type Profile, passwordChangeSchema } from '@wardline/contracts';
import { useState } from 'react';
import { notify } from '../../../ui/notify.ts';
import { Panel } from '../../../ui/panel.tsx';
import { useChangePassword } from '../api/change-password.ts';
import { FormFailure } from '../form-failure.tsx';
import { NewPasswordField } from '../new-password-field.tsx';
import { PasswordField } from '../password-field.tsx';
import { useCheckedForm } from '../use-checked-form.ts';
import { useWait, waitInWords } from '../use-wait.ts';
import classes from './account.module.css';

const ended = (sessions: number): string =>
  sessions === 0 ? '' : ` ${sessions} other session${sessions === 1 ? '' : 's'} ended.`;

/** Another password, which ends all other sessions. */
export function PasswordPanel({ profile }: { readonly profile: Profile }) {
  if (profile.hasPassword) return <ChangePassword email={profile.email} />;
  return (
    <Panel title="Password">
      <Text size="sm">You sign in by single sign-on, and have no password here.</Text>
    </Panel>
  );
}

function ChangePassword({ email }: { readonly email: string }) {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const changePassword = useChangePassword();
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(passwordChangeSchema, async (change) => {
    const sessions = await changePassword(change);
    setCurrent('');
    setNew('');
    notify({ color: 'green', message: `Your password is changed.${ended(sessions)}` });
  });
  const wait = useWait(failure);
  return (
    <Panel title="Password" description="A change ends your sessions on all other devices.">
      <form ref={form} onSubmit={onSubmit({ currentPassword, newPassword })} noValidate aria-label="Password">
        {/* For password managers: whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Stack gap="md" className={classes.narrow}>
          <FormFailure error={failure} title="Your password was not changed" />
          <PasswordField
            label="Current password"
            autoComplete="current-password"
            value={currentPassword}
            error={errors.currentPassword}
            onChange={(text) => {
              setCurrent(text);
              clear('currentPassword');
            }}
          />
          <NewPasswordField
            label="New password"
            email={email}
            value={newPassword}
            error={errors.newPassword}
            onChange={(text) => {
              setNew(text);
              clear('newPassword');
            }}
          />
          <div>
            <Button type="submit" variant="default" loading={pending} disabled={wait > 0}>
              {wait > 0 ? `Try again in ${waitInWords(wait)}` : 'Change password'}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}
