import { Radio } from '@mantine/core';
import { CREDENTIAL_TYPES } from '@wardline/contracts';
import { CREDENTIAL_CHOICES } from '../credential-choices.ts';
import classes from '../wizard.module.css';
import { useWizard } from '../wizard-context.ts';
import { ChoiceCard } from './choice-card.tsx';

/** How Wardline proves to AWS who it is. What the other types need stays typed while one compares them. */
export function CredentialTypeField() {
  const { draft, update } = useWizard();
  const choose = (value: string): void => {
    const type = CREDENTIAL_TYPES.find((candidate) => candidate === value);
    if (type) update({ credentialType: type });
  };
  return (
    <Radio.Group label="Credential Type" required value={draft.credentialType} onChange={choose}>
      <div className={classes.cards} style={{ marginTop: 6 }}>
        {CREDENTIAL_CHOICES.map(({ type, label, when }) => (
          <ChoiceCard key={type} value={type} label={label} description={when} />
        ))}
      </div>
    </Radio.Group>
  );
}
