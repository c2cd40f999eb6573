import { Button, Stack, Text, Title } from '@mantine/core';
import { IconBook2, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId } from 'react';
import type { WizardStepId } from '../../../lib/wizard-steps.ts';
import { useSettings } from '../../settings/api/get-settings.ts';
import { useWizard } from '../wizard-context.ts';
import { documentsFor } from './documents.ts';
import { HelpDocumentCard } from './help-document.tsx';
import classes from './help-panel.module.css';
import { OidcClaims } from './oidc-claims.tsx';
import { helpFor } from './step-help.ts';

interface Props {
  readonly step: WizardStepId;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What the step is about, and the AWS documents to create. Beside the form, below it on a narrow screen. */
export function HelpPanel({ step, open, onToggle }: Props) {
  const bodyId = useId();
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <aside className={classes.panel} data-open={open || undefined} aria-label="Help">
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconBook2 size={16} aria-hidden />}
        rightSection={<Chevron size={15} aria-hidden />}
        aria-expanded={open}
        aria-controls={bodyId}
        onClick={onToggle}
      >
        Help
      </Button>
      <div id={bodyId} hidden={!open} className={classes.body}>
        {open && <HelpBody step={step} />}
      </div>
    </aside>
  );
}

function HelpBody({ step }: { readonly step: WizardStepId }) {
  const { draft } = useWizard();
  const oidc = useSettings().data?.oidc;
  return (
    <Stack gap="md">
      <Stack gap="xs">
        {helpFor(step, draft).map((paragraph) => (
          <Text size="sm" key={paragraph}>
            {paragraph}
          </Text>
        ))}
      </Stack>
      {step !== 'overview' && (
        <>
          {draft.credentialType === 'OidcAuthentication' && oidc && <OidcClaims oidc={oidc} />}
          <Title order={3} size="h4" mb={-6}>
            What to create in AWS
          </Title>
          {documentsFor(draft, oidc).map((document, index) => (
            <HelpDocumentCard
              key={`${draft.credentialType} ${document.title}`}
              document={document}
              initiallyOpen={index === 0 && step === 'details'}
            />
          ))}
        </>
      )}
    </Stack>
  );
}
