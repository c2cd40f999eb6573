import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { KmsDataKey, type MasterKey, type WrappingKey } from '@wardline/envelope';
import { environmentAgents } from '@wardline/http-agent';
import { CommandError, EXIT_CODE, reasonOf } from '../exit-code.ts';
import type { DataKeyLine, SecretLine } from '../export-file/export-reader.ts';

const CONNECT_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 15_000;

/**
 * The keys that wrapped the secrets of an export: data keys, which AWS KMS decrypts with the credentials of whoever runs this
 * (environment, profile, SSO, container, instance: the SDK's default chain), each once, and the master key where it is given.
 */
export class ExportKeys {
  readonly #masterKey: MasterKey | undefined;
  /** The SDK knows no proxy variables. */
  readonly #agents = environmentAgents();
  readonly #clients = new Map<string, KMSClient>();
  readonly #lines = new Map<string, DataKeyLine>();
  /** By ID; a failure is kept too, so that a key that may not be used is not tried for each of its secrets. */
  readonly #keys = new Map<string, Promise<WrappingKey>>();

  constructor(masterKey: MasterKey | undefined) {
    this.#masterKey = masterKey;
  }

  /** Remembers a data key of the export; it is decrypted when a secret needs it. */
  add(line: DataKeyLine): void {
    this.#lines.set(line.id, line);
  }

  /** @throws CommandError that says why the key is not to be had, and what helps. */
  async keyOf({ wrappedBy: { name } }: SecretLine): Promise<WrappingKey> {
    const line = this.#lines.get(name);
    if (!line) return this.#master(name);
    let key = this.#keys.get(name);
    if (!key) {
      key = this.#decrypt(line);
      this.#keys.set(name, key);
    }
    return key;
  }

  /** How many data keys AWS KMS was asked for. */
  get asked(): number {
    return this.#keys.size;
  }

  /** Closes the connections to AWS. */
  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }

  #master(fingerprint: string): MasterKey {
    if (this.#masterKey?.fingerprint === fingerprint) return this.#masterKey;
    throw new CommandError(
      EXIT_CODE.broken,
      this.#masterKey
        ? `it is kept under the master key ${fingerprint}, and the one that was given is ${this.#masterKey.fingerprint}`
        : 'the built-in secret manager keeps it: give the master key of the server with --master-key-file',
    );
  }

  /**
   * Pinned to the key that made the data key, where the export tells it, and bound to its context: what another key made
   * is refused.
   */
  async #decrypt({ id, keyArn, region, ciphertext, encryptionContext }: DataKeyLine): Promise<WrappingKey> {
    const command = new DecryptCommand({
      ...(keyArn !== null && { KeyId: keyArn }),
      CiphertextBlob: Buffer.from(ciphertext, 'base64'),
      EncryptionContext: encryptionContext,
    });
    try {
      const { Plaintext: plaintext } = await this.#client(region).send(command);
      if (!plaintext) throw new Error('AWS KMS answered without a key');
      return new KmsDataKey(id, plaintext);
    } catch (error) {
      const name = error instanceof Error ? `${error.name}: ` : '';
      throw new CommandError(
        EXIT_CODE.broken,
        `AWS KMS does not decrypt its data key (${name}${reasonOf(error).replace(/\.+$/, '')}). The AWS credentials of this command need kms:Decrypt on ${keyArn ?? 'its key, whose ARN is kept as a secret,'} in ${region || 'its region: name it in AWS_REGION'}`,
        { cause: error },
      );
    }
  }

  #client(region: string): KMSClient {
    const known = this.#clients.get(region);
    if (known) return known;
    // Its notice about the Node version is for whoever builds with it.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const requestHandler = {
      connectionTimeout: CONNECT_WITHIN_MS,
      requestTimeout: ANSWER_WITHIN_MS,
      httpAgent: this.#agents.http,
      httpsAgent: this.#agents.https,
    };
    const client = new KMSClient({ ...(region && { region }), requestHandler });
    this.#clients.set(region, client);
    return client;
  }
}
