import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { LinkCheck, LinkPurpose, SignInResult } from '@wardline/contracts';
import { useState } from 'react';
import { formatExact } from '../../../lib/format.ts';
import { EntranceFrame } from '../entrance/entrance-frame.tsx';
import { SecondFactorStep } from '../sign-in/second-factor-step.tsx';
import { RedeemForm } from './redeem-form.tsx';

interface Words {
  readonly title: string;
  readonly description: string;
  readonly button: string;
}

const WORDS = {
  setup: {
    title: 'Create the first administrator',
    description: 'This account may do everything on this server, and invites everyone else.',
    button: 'Create and sign in',
  },
  invitation: {
    title: 'Welcome to Wardline',
    description: 'Choose a password, and you are in.',
    button: 'Set password and sign in',
  },
  'password-reset': {
    title: 'Choose a new password',
    description: 'All sessions that are still open under this account end.',
    button: 'Set password and sign in',
  },
} as const satisfies Record<LinkPurpose, Words>;

interface Props {
  readonly link: LinkCheck;
  readonly token: string;
}

/** Uses a link that the server knows, and goes into the console. */
export function RedeemLink({ link, token }: Props) {
  const [step, setStep] = useState<'password' | 'second-factor'>('password');
  const queryClient = useQueryClient();
  const { history } = useRouter();
  const { title, description, button } = WORDS[link.purpose];

  const onDone = ({ next }: SignInResult): void => {
    if (next === 'second-factor') {
      setStep(next);
      return;
    }
    // Whoever used this browser before, from now on it is someone else.
    queryClient.clear();
    history.replace('/settings');
  };

  if (step === 'second-factor') {
    return (
      <EntranceFrame title="Second factor">
        <SecondFactorStep onDone={onDone} onBack={() => history.replace('/sign-in')} />
      </EntranceFrame>
    );
  }
  return (
    <EntranceFrame
      title={title}
      description={
        <>
          {description} The link works once, until {formatExact(Date.parse(link.expiresAt))}.
        </>
      }
    >
      <RedeemForm link={link} token={token} button={button} onDone={onDone} />
    </EntranceFrame>
  );
}
