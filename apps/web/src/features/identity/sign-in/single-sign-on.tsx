import { Button, Divider } from '@mantine/core';
import { IconExternalLink, IconLogin2 } from '@tabler/icons-react';

interface Props {
  /** What the configuration calls the provider. */
  readonly name: string;
  /** A path of this console. */
  readonly returnTo: string;
  /** Leaves the page on screen as it is, and signs in beside it. */
  readonly newTab?: boolean;
}

/** The way through the organization's own provider. */
export function SingleSignOn({ name, returnTo, newTab = false }: Props) {
  const Icon = newTab ? IconExternalLink : IconLogin2;
  return (
    <>
      <Divider label="or" my="md" />
      <Button
        component="a"
        variant="default"
        fullWidth
        href={`/api/auth/sso/start?returnTo=${encodeURIComponent(returnTo)}`}
        leftSection={<Icon size={16} aria-hidden />}
        {...(newTab && { target: '_blank', rel: 'noopener' })}
      >
        Sign in with {name}
        {newTab && ' in a new tab'}
      </Button>
    </>
  );
}
