import { CREDENTIAL_CHOICES } from '../credential-choices.ts';
import { useWizard } from '../wizard-context.ts';
import { ChoiceCards } from './choice-cards.tsx';

/** How Wardline proves to AWS who it is. What the other types need stays typed while one compares them. */
export function CredentialTypeField() {
  const { draft, update } = useWizard();
  return (
    <ChoiceCards
      label="Credential Type"
      required
      choices={CREDENTIAL_CHOICES}
      value={draft.credentialType}
      onChange={(credentialType) => update({ credentialType })}
    />
  );
}
