import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { SSO_PROBLEMS, type SsoProblem } from '@wardline/contracts';

const isProblem = (code: string): code is SsoProblem => Object.hasOwn(SSO_PROBLEMS, code);

/** Why single sign-on led back here, and what to do. Nothing for a code that is none. */
export function SsoProblemNotice({ code }: { readonly code: string | undefined }) {
  if (code === undefined || !isProblem(code)) return null;
  const { title, fix } = SSO_PROBLEMS[code];
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={title} mb="md">
      {fix}
    </Alert>
  );
}
