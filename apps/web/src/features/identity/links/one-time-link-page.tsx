import { Loader } from '@mantine/core';
import type { LinkPurpose } from '@wardline/contracts';
import { ApiFailure } from '../../../lib/api.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useLinkCheck } from '../api/check-link.ts';
import { EntranceFrame } from '../entrance/entrance-frame.tsx';
import { DeadLink } from './dead-link.tsx';
import { useLinkToken } from './link-token.ts';
import { RedeemLink } from './redeem-link.tsx';

/** Where a one-time link leads: it is checked first, then used to choose a password. */
function OneTimeLinkPage({ purpose }: { readonly purpose: LinkPurpose }) {
  const token = useLinkToken((state) => state.token);
  if (token === undefined) return <DeadLink purpose={purpose} reason="incomplete" />;
  return <CheckedLink key={token} purpose={purpose} token={token} />;
}

function CheckedLink({ purpose, token }: { readonly purpose: LinkPurpose; readonly token: string }) {
  const { data: link, error, refetch } = useLinkCheck(token);
  if (link) return <RedeemLink link={link} token={token} />;
  if (error instanceof ApiFailure && (error.isSignedOut || error.fields.length > 0)) {
    return <DeadLink purpose={purpose} reason={error.isSignedOut ? 'void' : 'incomplete'} />;
  }
  return (
    <EntranceFrame title="Checking your link">
      {error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <Loader size="sm" role="status" aria-label="Checking" />
      )}
    </EntranceFrame>
  );
}

/** The link that the server prints while nobody exists. */
export const SetupPage = () => <OneTimeLinkPage purpose="setup" />;

/** The link that an administrator gives to a new person. */
export const InvitationPage = () => <OneTimeLinkPage purpose="invitation" />;

/** The link that an administrator gives to someone who forgot their password. */
export const ResetPasswordPage = () => <OneTimeLinkPage purpose="password-reset" />;
