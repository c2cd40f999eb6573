import { Loader } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useSignInOptions } from '../api/get-sign-in-options.ts';
import { EntranceFrame } from '../entrance/entrance-frame.tsx';
import { safeReturnTo } from '../return-to.ts';
import { SetupNeeded } from './setup-needed.tsx';
import { SignInForm, type Step } from './sign-in-form.tsx';
import { SingleSignOn } from './single-sign-on.tsx';
import { SsoProblemNotice } from './sso-problem.tsx';
import { useEnter } from './use-enter.ts';

const route = getRouteApi('/sign-in');

const TITLES = { password: 'Sign in', 'second-factor': 'Second factor' } as const satisfies Record<Step, string>;

/** Signs one in and goes on to the page that one wanted. Where there is nobody yet, it says how to begin. */
export function SignInPage() {
  const { returnTo, error: ssoProblem } = route.useSearch();
  const { data: options, error, refetch } = useSignInOptions();
  const [step, setStep] = useState<Step>('password');
  const enter = useEnter(returnTo);
  if (options?.setupRequired) return <SetupNeeded onRetry={() => void refetch()} />;
  return (
    <EntranceFrame title={TITLES[step]}>
      {error && !options && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!options && !error && <Loader size="sm" aria-label="Loading" />}
      {step === 'password' && <SsoProblemNotice code={ssoProblem} />}
      {options && <SignInForm onSignedIn={enter} onStep={setStep} />}
      {options?.sso && step === 'password' && (
        <SingleSignOn name={options.sso.name} returnTo={safeReturnTo(returnTo)} />
      )}
    </EntranceFrame>
  );
}
