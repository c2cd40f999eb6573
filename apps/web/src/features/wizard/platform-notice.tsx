import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconCloudComputing } from '@tabler/icons-react';
import { useWizard } from './wizard-context.ts';

/** Stands where delegates would be chosen, for a connector that needs none. */
export function PlatformNotice() {
  const { draft, update, goTo } = useWizard();
  const oidc = draft.credentialType === 'OidcAuthentication';
  return (
    <Alert variant="light" icon={<IconCloudComputing size={20} aria-hidden />} title="No delegate is needed">
      <Stack align="flex-start" gap="sm">
        <Text size="sm">This connector reaches AWS through the platform: the Wardline server itself talks to AWS.</Text>
        <Button
          size="xs"
          variant="default"
          onClick={() => (oidc ? goTo('connectivity') : update({ executeOnDelegate: true }))}
        >
          {oidc ? 'Change the Connectivity Mode' : 'Use a delegate instead'}
        </Button>
      </Stack>
    </Alert>
  );
}
