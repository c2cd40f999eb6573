import { randomBytes, randomUUID } from 'node:crypto';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import { KmsDataKey, open, seal } from '@wardline/envelope';
import { type Measurement, readable } from './measurement.ts';

/** Few, so that none of them outlives its use and the measurement is not one of the collector's old generation. */
const SAMPLES = 256;
const ROUNDS = 20;
const BYTES = { min: 32, max: 200 };

interface Sample {
  readonly plaintext: Buffer;
  readonly context: Readonly<Record<string, string>>;
  readonly message: Uint8Array;
}

/** One of the two codecs; each runs one message after another, as one core does. */
interface Codec {
  readonly perRound: number;
  readonly encrypt: (sample: Sample) => unknown;
  readonly decrypt: (sample: Sample) => unknown;
}

const id = randomUUID();
const bytes = randomBytes(32);
const key = new KmsDataKey(id, Buffer.from(bytes));

function samples(): Sample[] {
  return Array.from({ length: SAMPLES }, (_, n) => {
    const plaintext = randomBytes(BYTES.min + (n % (BYTES.max - BYTES.min + 1)));
    const context = { account: 'default', org: 'bench', project: 'bench', secret: `bench_${n}`, version: '1' };
    return { plaintext, context, message: seal(key, plaintext, context) };
  });
}

function ownCodec(): Codec {
  return {
    perRound: 5000,
    encrypt: ({ plaintext, context }) => seal(key, plaintext, context),
    decrypt: ({ message, context }) => open(key, message, context),
  };
}

function officialCodec(): Codec {
  const client = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
  const keyring = new RawAesKeyringNode({
    keyNamespace: key.namespace,
    keyName: id,
    unencryptedMasterKey: Uint8Array.from(bytes),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
    utf8Sorting: true,
  });
  const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
  return {
    perRound: 300,
    encrypt: ({ plaintext, context }) => client.encrypt(keyring, plaintext, { suiteId, encryptionContext: context }),
    decrypt: ({ message }) => client.decrypt(keyring, message),
  };
}

/**
 * Messages in a second of processor time, of all threads together: what one core does, whatever else the machine
 * is busy with. The best round, since everything that disturbs a round makes it slower.
 */
async function rate(codec: Codec, action: 'encrypt' | 'decrypt', of: readonly Sample[]): Promise<number> {
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    for (let n = 0; n < codec.perRound; n += 1) {
      const sample = of[n % of.length];
      const result = sample && codec[action](sample);
      // Our own is synchronous: waiting would measure the queue of promises.
      if (result instanceof Promise) await result;
    }
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, codec.perRound / ((user + system) / 1e6));
  }
  return best;
}

/** Small messages a second and core, under one data key, beside what the official SDK does in the same run. */
export async function measureCodec(): Promise<Measurement[]> {
  const of = samples();
  const [own, official] = [ownCodec(), officialCodec()];
  const lines: Measurement[] = [];
  for (const action of ['encrypt', 'decrypt'] as const) {
    const value = await rate(own, action, of);
    const beside = await rate(official, action, of);
    lines.push({
      name: `codec: ${action}, small messages a second and core`,
      value,
      unit: '/s',
      atLeast: 40_000,
      detail: `${BYTES.min}–${BYTES.max} bytes; official SDK ${readable(beside)}/s, ${readable(value / beside)} × of it`,
    });
  }
  return lines;
}
