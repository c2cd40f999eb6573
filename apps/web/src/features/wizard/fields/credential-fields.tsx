import { SecretField } from '../../secrets/secret-field.tsx';
import type { StepField } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';
import { RoleArnField } from './role-arn-field.tsx';
import { StsFields } from './sts-fields.tsx';

interface Props {
  readonly field: StepField;
}

/** What the chosen credential type needs beyond key and region. */
export function CredentialFields({ field }: Props) {
  const { draft, update } = useWizard();
  switch (draft.credentialType) {
    case 'ManualConfig':
      return (
        <>
          <SecretField
            label="AWS Access Key ID"
            value={draft.accessKey}
            onChange={(accessKey) => update({ accessKey })}
            suggestedName={`${draft.name} access key ID`}
            error={field('accessKey').error}
          />
          <SecretField
            label="AWS Secret Access Key"
            value={draft.secretKey}
            onChange={(secretKey) => update({ secretKey })}
            suggestedName={`${draft.name} secret access key`}
            error={field('secretKey').error}
          />
        </>
      );
    case 'AssumeIAMRole':
      return null;
    case 'AssumeSTSRole':
      return <StsFields field={field} />;
    case 'OidcAuthentication':
      return (
        <RoleArnField
          name="iamRoleArn"
          label="IAM Role"
          description="The role that trusts Wardline’s tokens. The help beside this form shows its trust policy."
          field={field('iamRoleArn')}
        />
      );
  }
}
