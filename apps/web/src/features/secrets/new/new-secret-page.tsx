import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { notify } from '../../../ui/notify.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { secretsTrail } from '../../../ui/trails.ts';
import classes from './new-secret.module.css';
import { NewSecretForm } from './new-secret-form.tsx';

const route = getRouteApi('/settings/secrets/new');

/** A new text or file. */
export function NewSecretPage() {
  const { type = 'SecretText', manager } = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title="New secret"
        trail={secretsTrail}
        description="Encrypted before it is stored. Whoever has the right can read the value later, and every reading is in the audit log."
      />
      <div className={classes.sheet}>
        <NewSecretForm
          type={type}
          manager={manager}
          onType={(next) => void navigate({ to: '.', search: (now) => ({ ...now, type: next }), replace: true })}
          onManager={(next) => void navigate({ to: '.', search: (now) => ({ ...now, manager: next }), replace: true })}
          onCancel={() => void navigate({ to: '/settings/secrets' })}
          onCreated={(secretId, name) => {
            notify({ color: 'green', message: `Created ${name}.` });
            void navigate({ to: '/settings/secrets/$secretId', params: { secretId }, replace: true });
          }}
        />
      </div>
    </>
  );
}
