import { Anchor, Group, Modal, Stack, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import type { WhoAmI } from '@wardline/contracts';
import type { FocusEvent } from 'react';
import { continueSignedIn } from '../../../lib/sign-in-again.ts';
import { useSignInOptions } from '../api/get-sign-in-options.ts';
import { whoAmIQuery } from '../api/get-who-am-i.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SingleSignOn } from './single-sign-on.tsx';

/** Keeps Escape, pressed here, from closing a dialog below, and what was typed there. */
function keepKeysHere({ target }: FocusEvent): void {
  if (target instanceof HTMLElement) target.dataset.mantineStopPropagation = 'true';
}

/**
 * Asks whoever was at work to sign in again, over the page, and lets go on what had to wait. Somebody else begins anew:
 * what is on screen is not theirs.
 */
export function SignInAgainDialog({ me }: { readonly me: WhoAmI }) {
  const queryClient = useQueryClient();
  const { data: options } = useSignInOptions();

  const goOn = async (): Promise<void> => {
    const now = await queryClient.fetchQuery({ ...whoAmIQuery, staleTime: 0 });
    if (now.principal.id === me.principal.id) continueSignedIn();
    else location.reload();
  };
  // Signed in meanwhile in another tab, which a provider's page or another window of the console may be.
  useWindowEvent('focus', () => void goOn().catch(() => undefined));

  const signInHref = `/sign-in?${new URLSearchParams({ returnTo: location.pathname + location.search })}`;
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      zIndex={400}
      title="Your session has ended"
      onFocusCapture={keepKeysHere}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Sign in again to go on. Nothing on this page is lost, and what you just did is finished then.
        </Text>
        <div>
          <SignInForm knownEmail={me.principal.identifier} onSignedIn={goOn} />
          {options?.sso && <SingleSignOn name={options.sso.name} returnTo="/settings" newTab />}
        </div>
        <Group justify="center">
          <Anchor size="sm" href={signInHref}>
            Leave this page and sign in as someone else
          </Anchor>
        </Group>
      </Stack>
    </Modal>
  );
}
