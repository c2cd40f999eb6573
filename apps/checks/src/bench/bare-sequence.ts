import {
  DecryptCommand,
  DescribeKeyCommand,
  GenerateDataKeyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** Where to call, as whom, and with which key. */
export interface BareOptions {
  readonly region: string;
  readonly endpoints: { readonly kms: string; readonly sts: string };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly keyArn: string;
}

/**
 * The calls of a connection test as one would write them with the AWS SDK, and nothing around them: new clients, who
 * am I, the key and, beside it, its rotation, a data key, decrypted, and refused under another context.
 */
export async function bareSequence({ region, endpoints, credentials, keyArn }: BareOptions): Promise<void> {
  // Read when a client is built: the notice about Node 20 would be printed between the lines of the table.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const sts = new STSClient({ region, endpoint: endpoints.sts, credentials, maxAttempts: 1 });
  const kms = new KMSClient({ region, endpoint: endpoints.kms, credentials, maxAttempts: 1 });
  try {
    await sts.send(new GetCallerIdentityCommand({}));
    const rotation = kms.send(new GetKeyRotationStatusCommand({ KeyId: keyArn }));
    await kms.send(new DescribeKeyCommand({ KeyId: keyArn }));
    const context = { purpose: 'bench' };
    const dataKey = await kms.send(
      new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: context }),
    );
    const ciphertext = dataKey.CiphertextBlob;
    await kms.send(new DecryptCommand({ KeyId: keyArn, CiphertextBlob: ciphertext, EncryptionContext: context }));
    const refused = await kms
      .send(new DecryptCommand({ KeyId: keyArn, CiphertextBlob: ciphertext, EncryptionContext: { purpose: 'other' } }))
      .then(() => false)
      .catch((error: unknown) => error instanceof Error && error.name === 'InvalidCiphertextException');
    await rotation;
    if (!refused) throw new Error('A data key was decrypted under another context.');
  } finally {
    sts.destroy();
    kms.destroy();
  }
}
