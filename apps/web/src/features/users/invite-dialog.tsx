import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type InvitedUser, userInvitationSchema } from '@wardline/contracts';
import { useState } from 'react';
import { FormFailure } from '../identity/form-failure.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { useMay } from '../identity/use-may.ts';
import { SelectRole } from '../roles/select-role.tsx';
import { useInviteUser } from './api/invite-user.ts';
import { LinkOnce } from './link-once.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Invites someone, and shows the link that lets them in once: from then on the dialog closes by its button only. */
export function InviteDialog({ opened, onClose }: Props) {
  const [invited, setInvited] = useState<InvitedUser>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setInvited(undefined)}
      title={invited ? `${invited.user.name} is invited` : 'Invite a user'}
      size={560}
      closeOnClickOutside={false}
      closeOnEscape={!invited}
      withCloseButton={!invited}
    >
      {invited ? (
        <LinkOnce link={invited} purpose="invitation" email={invited.user.email} onDone={onClose} />
      ) : (
        <InviteForm onInvited={setInvited} onCancel={onClose} />
      )}
    </Modal>
  );
}

interface FormProps {
  readonly onInvited: (invited: InvitedUser) => void;
  readonly onCancel: () => void;
}

function InviteForm({ onInvited, onCancel }: FormProps) {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>();
  const mayAssign = useMay('core_role_edit');
  const maySeeRoles = useMay('core_role_view');
  const invite = useInviteUser();
  const checked = useCheckedForm(userInvitationSchema, async (invitation) => onInvited(await invite(invitation)));
  const { form, errors, failure, pending, onSubmit, clear } = checked;
  return (
    <form ref={form} onSubmit={onSubmit({ email, name, ...(role && { roleIdentifier: role }) })} noValidate>
      <Stack gap="md">
        <TextInput
          label="E-mail address"
          type="email"
          description="They sign in with it. Wardline sends nothing to it: you get a link to hand over."
          autoComplete="off"
          data-autofocus
          value={email}
          error={errors.email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            clear('email');
          }}
        />
        <TextInput
          label="Name"
          autoComplete="off"
          value={name}
          error={errors.name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            clear('name');
          }}
        />
        {mayAssign && maySeeRoles && (
          <SelectRole
            label="Role at the account level"
            description="Without one they see nothing but their own account. More can be given later."
            clearable
            value={role}
            error={errors.roleIdentifier}
            onChange={(next) => {
              setRole(next?.role.identifier);
              clear('roleIdentifier');
            }}
          />
        )}
        <FormFailure error={failure} title="Nobody was invited" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
