import type { WizardStepId } from '../../../lib/wizard-steps.ts';
import { type Draft, runsOnPlatform } from '../draft/draft.ts';

const STEP_HELP = {
  overview: [
    'A secret manager is where Wardline keeps secrets. This one encrypts them under a key in AWS KMS, which never leaves AWS.',
    'The ID is what pipelines, Terraform and other connectors refer to. It follows the name and is fixed once saved.',
    'Have ready the ARN of a symmetric KMS key, and a way to sign in to AWS: an access key or a role.',
  ],
  details: [
    'The key must be a symmetric encryption key. Wardline asks AWS for data keys under it, and to decrypt them again; the key itself is never seen.',
    'The documents below grant exactly the permissions that are needed. What you type is filled in as you go; replace the words in CAPITALS.',
  ],
  connectivity: [
    'Wardline signs a short-lived token, and AWS exchanges it for credentials of the role. That works from anywhere that reaches AWS.',
    'Choose a delegate if AWS can be reached only from inside your network, for example through a VPC endpoint. Choose the platform if the Wardline server reaches AWS itself.',
    'Wardline never switches from one to the other by itself.',
  ],
  delegates: [
    'A test or a decryption runs on a delegate that has every tag listed here, and on no other. Without such a delegate it fails and says so.',
    'Tags are compared without regard to case. A delegate’s name and host name count as tags.',
    'Save and Continue stores the connector. Only the next step calls AWS, so you can save it before the key exists.',
  ],
  test: [
    'Each hop is one thing that using the key needs, in that order. The first that fails names its cause.',
    'The data key that the test makes is thrown away. The last hop makes sure that one secret can’t be passed off as another.',
    'After a change in AWS, wait some seconds before you test again: AWS doesn’t apply new policies everywhere at once.',
  ],
} as const satisfies Record<WizardStepId, readonly string[]>;

/** The same for a connector that no delegate takes part in. */
const DELEGATES_ON_PLATFORM = [
  'You chose the platform, so this connector needs no delegate: the Wardline server signs the token and talks to AWS itself, and there is nothing to choose here.',
  'The server must be able to reach STS and KMS in the key’s region. If it can’t, go back to Connectivity Mode and connect through a delegate.',
  'AWS fetches the issuer’s public keys to check the token, so the issuer’s address must be reachable from AWS.',
  'Save and Continue stores the connector. Only the next step calls AWS, so you can save it before the key exists.',
] as const;

/** What a step is about for this draft, in paragraphs. */
export function helpFor(step: WizardStepId, draft: Draft): readonly string[] {
  return step === 'delegates' && runsOnPlatform(draft) ? DELEGATES_ON_PLATFORM : STEP_HELP[step];
}
