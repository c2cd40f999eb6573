import { type ConnectorOutput, STS_DURATION } from '@wardline/contracts';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { Definition } from '../../../ui/definitions.tsx';
import { SecretReference } from './secret-reference.tsx';

/** What a credential of each type is made of. */
export function CredentialFields({ credential }: { readonly credential: ConnectorOutput['spec']['credential'] }) {
  switch (credential.type) {
    case 'ManualConfig':
      return (
        <>
          <Definition name="AWS Access Key ID">
            <SecretReference reference={credential.spec.accessKey} />
          </Definition>
          <Definition name="AWS Secret Access Key">
            <SecretReference reference={credential.spec.secretKey} />
          </Definition>
        </>
      );
    case 'AssumeIAMRole':
      return <Definition name="Role">The role of the delegate’s host</Definition>;
    case 'AssumeSTSRole':
      return (
        <>
          <Definition name="Role ARN">
            <CopyValue value={credential.spec.roleArn} what="role ARN" />
          </Definition>
          <Definition name="External ID">
            {credential.spec.externalName ? (
              <CopyValue value={credential.spec.externalName} what="external ID" />
            ) : (
              'None'
            )}
          </Definition>
          <Definition name="Assume role duration">
            {credential.spec.assumeStsRoleDuration ?? STS_DURATION.default} seconds
          </Definition>
        </>
      );
    case 'OidcAuthentication':
      return (
        <Definition name="IAM role">
          <CopyValue value={credential.spec.iamRoleArn} what="role ARN" />
        </Definition>
      );
  }
}
