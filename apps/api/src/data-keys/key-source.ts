import { timingSafeEqual } from 'node:crypto';
import { parseKmsArn, type Scope, type TaskEvent } from '@wardline/contracts';
import { KmsDataKey } from '@wardline/envelope';
import type { FastifyBaseLogger } from 'fastify';
import { v7 as uuid } from 'uuid';
import type { Connector } from '../connectors/connector.ts';
import type { ConnectionSubject } from '../connectors/kms-connection.ts';
import type { NewValue } from '../secrets/read-secret-values.ts';
import { DIFFERS, type KeyFailure, keyError } from './key-failure.ts';
import { keyFingerprint, openIdentity, sealIdentity } from './key-identity.ts';
import { awaitsOtherHalf } from './other-half.ts';
import { RecentFailures } from './recent-failures.ts';
import { type KeyOutcome, type KeyTaskDeps, type Question, runKeyTask, toMake, toOpen } from './run-key-task.ts';
import type { StoredDataKey } from './store.ts';
import { tryAgain } from './try-again.ts';

/** For how long reading or writing waits for KMS, attempts and pauses together, in milliseconds. */
const OPERATION_MS = 5000;

export interface KeySourceDeps extends KeyTaskDeps {
  readonly logger: FastifyBaseLogger;
}

interface Asking {
  readonly connector: Connector;
  readonly region: string;
  /** Names what is asked for, to remember a failure of just that. */
  readonly what: string;
  readonly keyArnIsSecret: boolean;
  /** By `performance.now()`. */
  readonly endsAt: number;
  /** A value that one of the connector's secrets is to get. */
  readonly newValue?: NewValue | undefined;
  /** Whether the other half of an access key is waited for. */
  readonly isPatient?: boolean;
}

type Answered<A> = Extract<KeyOutcome<A>, { ok: true }>;

/** Makes and opens data keys by asking KMS. Keeps none of them. */
export class KeySource {
  readonly #deps: KeySourceDeps;
  readonly #recent = new RecentFailures();
  /** Tasks that were run, repetitions included: each is one call to KMS where it gets as far. */
  calls = 0;

  constructor(deps: KeySourceDeps) {
    this.#deps = deps;
  }

  /**
   * A new data key of a connector, stored. KMS has decrypted it again by then: what is encrypted under a data key that
   * cannot be decrypted would be lost.
   * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding.
   */
  async make(connector: Connector): Promise<KmsDataKey> {
    const { storage, masterKey, config, now } = this.#deps;
    const id = uuid();
    const encryptionContext = contextOf(this.#subject(connector).scope, connector.identifier, id);
    const endsAt = performance.now() + OPERATION_MS;
    const asking = { connector, what: 'make', keyArnIsSecret: false, endsAt };
    const { answer, keyArnIsSecret } = await this.#ask(toMake(encryptionContext), {
      ...asking,
      region: connector.spec.region,
    });
    const { keyArn, ciphertext } = answer;
    const plaintext = Buffer.from(answer.plaintext, 'base64');
    try {
      const again = toOpen({ encryptionContext, keyArn, ciphertext });
      const region = regionOf(keyArn, connector);
      const opened = await this.#ask(again, { ...asking, region, keyArnIsSecret });
      if (!isSame(plaintext, opened.answer.plaintext)) throw this.#refused(DIFFERS, asking.connector);
      const madeAt = now();
      const key: StoredDataKey = {
        id,
        connectorId: connector.id,
        sealedKeyArn: sealIdentity({ masterKey, accountId: config.accountId }, id, {
          keyArn,
          isSecret: keyArnIsSecret,
        }),
        keyFingerprint: keyFingerprint(masterKey, keyArn),
        ciphertext,
        encryptionContext,
        createdAt: madeAt.toISOString(),
      };
      await storage.dataKeys.insert(key, secondsAfter(madeAt, config.dataKeys.maxSeconds));
      return new KmsDataKey(id, plaintext);
    } finally {
      plaintext.fill(0);
    }
  }

  /**
   * Has KMS decrypt a stored data key, with the key that made it, as the connector is now.
   * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, EnvelopeError for a row that
   *   was not written by this installation.
   */
  async open(stored: StoredDataKey, connector: Connector): Promise<KmsDataKey> {
    const { answer } = await this.#ask(...this.#opening(stored, connector));
    return new KmsDataKey(stored.id, Buffer.from(answer.plaintext, 'base64'));
  }

  /**
   * Whether a stored data key could be decrypted by a connector that need not be as it is stored. KMS is asked whatever
   * happened a moment ago.
   * @param newValue a value that one of its secrets is to get.
   * @returns why not; undefined where it can.
   */
  async whyNot(stored: StoredDataKey, connector: Connector, newValue?: NewValue): Promise<KeyFailure | undefined> {
    const [question, asking] = this.#opening(stored, connector);
    const outcome = await this.#outcome(question, { ...asking, newValue });
    return outcome.ok ? undefined : outcome.failure;
  }

  #opening(stored: StoredDataKey, connector: Connector) {
    const { masterKey, config } = this.#deps;
    const { id, ciphertext, encryptionContext } = stored;
    const { keyArn, isSecret } = openIdentity({ masterKey, accountId: config.accountId }, id, stored.sealedKeyArn);
    const asking: Asking = {
      connector,
      region: regionOf(keyArn, connector),
      what: id,
      keyArnIsSecret: isSecret,
      endsAt: performance.now() + OPERATION_MS,
    };
    return [toOpen({ encryptionContext, keyArn, ciphertext }), asking] as const;
  }

  async #ask<A extends TaskEvent>(question: Question<A>, asking: Asking): Promise<Answered<A>> {
    const { connector, region, what } = asking;
    const revision = `${connector.id} ${connector.revisedAt}`;
    const [alone, together] = [`${revision} ${what}`, `${revision} at ${region}`];
    const recent = this.#recent.find([alone, together]);
    if (recent) throw keyError(recent, connector.name);
    const outcome = await this.#outcome(question, { ...asking, isPatient: true });
    if (outcome.ok) return outcome;
    // What passes by itself strikes everything that this connector asks there.
    this.#recent.note(outcome.failure.temporary ? together : alone, outcome.failure);
    throw this.#refused(outcome.failure, connector);
  }

  #outcome<A extends TaskEvent>(question: Question<A>, asking: Asking): Promise<KeyOutcome<A>> {
    const { connector, keyArnIsSecret, endsAt, newValue, isPatient = false } = asking;
    const subject = { ...this.#subject(connector), newValue };
    return tryAgain<KeyOutcome<A>>(endsAt, async (deadlineMs, before) => {
      this.calls += 1;
      const asked = { deadlineMs, keyArnIsSecret, isRepeated: before > 0 };
      const outcome = await runKeyTask(subject, question, asked, this.#deps);
      if (outcome.ok || !isPatient || !awaitsOtherHalf(connector, outcome.failure, this.#deps.now())) return outcome;
      return { ok: false, failure: { ...outcome.failure, temporary: true } };
    });
  }

  #refused(failure: KeyFailure, connector: Connector) {
    const { code, finding } = failure;
    this.#deps.logger.warn({ connector: connector.id, code, finding: finding.code }, 'a data key could not be had');
    return keyError(failure, connector.name);
  }

  #subject({ place, identifier, name, spec }: Connector): ConnectionSubject {
    return { scope: { accountIdentifier: this.#deps.config.accountId, ...place }, identifier, name, spec };
  }
}

const regionOf = (keyArn: string, { spec }: Connector): string => parseKmsArn(keyArn)?.region ?? spec.region;

/** What KMS binds a data key to; visible in CloudTrail, so that an administrator recognizes it. */
function contextOf({ accountIdentifier, orgIdentifier, projectIdentifier }: Scope, connector: string, id: string) {
  return {
    'wardline:purpose': 'data-key',
    'wardline:account': accountIdentifier,
    ...(orgIdentifier && { 'wardline:org': orgIdentifier }),
    ...(projectIdentifier && { 'wardline:project': projectIdentifier }),
    'wardline:connector': connector,
    'wardline:data-key': id,
  };
}

function isSame(plaintext: Buffer, base64: string): boolean {
  const other = Buffer.from(base64, 'base64');
  try {
    return plaintext.length === other.length && timingSafeEqual(plaintext, other);
  } finally {
    other.fill(0);
  }
}

const secondsAfter = (time: Date, seconds: number): string => new Date(time.getTime() + seconds * 1000).toISOString();
