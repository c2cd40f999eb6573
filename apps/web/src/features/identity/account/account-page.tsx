import { Skeleton, Stack } from '@mantine/core';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ApiKeysPanel } from '../../api-keys/api-keys-panel.tsx';
import { useProfile } from '../api/get-profile.ts';
import classes from './account.module.css';
import { PasswordPanel } from './password-panel.tsx';
import { ProfilePanel } from './profile-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

/** One's own account: name, ways to sign in, sessions, API keys. */
export function AccountPage() {
  const { data: profile, error, refetch } = useProfile();
  return (
    <div className={classes.page}>
      <PageHeader title="Your account" description={profile?.email ?? <Skeleton height={14} width={180} my={4} />} />
      {!profile && error && (
        <ErrorPanel error={error} title="Your account could not be loaded" onRetry={() => void refetch()} />
      )}
      {!profile && !error && <Skeleton height={200} radius="lg" />}
      {profile && (
        <Stack gap="md">
          <ProfilePanel profile={profile} />
          <PasswordPanel profile={profile} />
          <SecondFactorPanel profile={profile} />
          <SessionsPanel />
          <ApiKeysPanel owner={{ apiKeyType: 'USER', parentIdentifier: profile.id }} />
        </Stack>
      )}
    </div>
  );
}
