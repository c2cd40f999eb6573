import type { SignInResult } from '@wardline/contracts';
import { useState } from 'react';
import { PasswordStep } from './password-step.tsx';
import { SecondFactorStep } from './second-factor-step.tsx';

interface Props {
  readonly knownEmail?: string;
  /** Called once one is in. */
  readonly onSignedIn: () => Promise<void>;
  /** Tells that the step on screen is another one. */
  readonly onStep?: (step: Step) => void;
}

/** What is asked for. */
export type Step = 'password' | 'second-factor';

/** Password, then the second factor where there is one. */
export function SignInForm({ knownEmail, onSignedIn, onStep }: Props) {
  const [step, setStep] = useState<Step>('password');
  const go = (next: Step): void => {
    setStep(next);
    onStep?.(next);
  };
  const onDone = async ({ next }: SignInResult): Promise<void> => {
    switch (next) {
      case 'signed-in':
        return onSignedIn();
      case 'second-factor':
        return go('second-factor');
    }
  };
  switch (step) {
    case 'password':
      return <PasswordStep knownEmail={knownEmail} onDone={onDone} />;
    case 'second-factor':
      return <SecondFactorStep onDone={onDone} onBack={() => go('password')} />;
  }
}
