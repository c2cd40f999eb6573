import { type Finding, type HopId, parseKmsArn, type Task, type TaskEvent } from '@wardline/contracts';
import { type Ambient, DEFAULT_DEADLINES, type RegionEndpoints } from '../ambient.ts';
import { isAccessKeyId } from '../clients/access-key-id.ts';
import { type Caller, type CallResult, call } from '../clients/call.ts';
import type { AwsCredentials } from '../clients/clients.ts';
import { type Deadline, deadline } from '../clients/deadline.ts';
import { ObservedHandler } from '../clients/handler.ts';
import { Secrecy } from '../clients/secrecy.ts';
import type { Failure, PublicCredential, Subject } from '../findings/evidence.ts';
import { explain } from '../findings/explain.ts';
import { tokenClaims } from '../host/token-claims.ts';
import { partitionOf } from '../regions.ts';
import { KeyMask } from './key-mask.ts';
import { maskedEvent } from './masked-event.ts';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** What the hops of one connection test share: the settings, the way to call AWS, and what has been learnt so far. */
export class Session {
  readonly task: Task;
  readonly ambient: Ambient;
  readonly caller: Caller;
  readonly endpoints: RegionEndpoints | undefined;
  readonly #secrecy = new Secrecy();
  readonly #keyMask: KeyMask | undefined;
  readonly #deadline: Deadline;
  readonly #plaintexts: Uint8Array[] = [];
  #subject: Subject;

  constructor(task: Task, ambient: Ambient, signal: AbortSignal) {
    this.task = task;
    this.ambient = ambient;
    const { connection } = task;
    this.#deadline = deadline(signal, task.deadlineMs);
    this.#keyMask = connection.keyArnIsSecret ? new KeyMask(connection.keyArn) : undefined;
    this.endpoints = ambient.endpoints(connection.region);
    const deadlines = { ...DEFAULT_DEADLINES, ...ambient.deadlines };
    this.caller = {
      handler: new ObservedHandler(deadlines, ambient.now, ambient.agents),
      deadlines,
      signal: this.#deadline.signal,
      cancelled: () => signal.aborted,
      scrub: (text) => this.scrub(text),
    };
    this.#keepSecrets(connection.credential);
    this.#subject = {
      runner: ambient.runner,
      region: connection.region,
      partition: parseKmsArn(connection.keyArn.trim())?.partition ?? partitionOf(connection.region),
      keyArn: connection.keyArn.trim(),
      credential: publicCredential(connection.credential),
      accessKeyId: accessKeyIdOf(connection.credential),
      proxy: proxyOf(ambient),
      endpoints: { kms: endpointOf(this, 'kms'), sts: endpointOf(this, 'sts') },
    };
  }

  get subject(): Subject {
    return this.#subject;
  }

  get connection(): Task['connection'] {
    return this.task.connection;
  }

  /** The name under which assumed roles appear in CloudTrail: at most 64 of the characters that STS allows. */
  get sessionName(): string {
    return `wardline-${this.task.id.replace(/[^\w+=,.@-]/g, '-')}`.slice(0, 64);
  }

  /** Without what is kept secret; the key ARN goes before the text is cut short, which could leave half of it. */
  scrub(text: string): string {
    return this.#secrecy.scrub(this.#keyMask?.hidden(text) ?? text);
  }

  /** Overwrites the bytes when the test ends, however it ends. */
  wipeAtEnd(plaintext: Uint8Array): void {
    this.#plaintexts.push(plaintext);
  }

  /** Ends calls that nobody waits for any more, and wipes. */
  end(): void {
    for (const plaintext of this.#plaintexts) plaintext.fill(0);
    this.#deadline.end('abort');
  }

  learn(known: Partial<Pick<Subject, 'callerArn' | 'keyArn' | 'mounted' | 'skewMs'>>): void {
    this.#subject = { ...this.#subject, ...known };
    // From now on its ID is hidden by itself too.
    if (known.keyArn) this.#keyMask?.hidden(known.keyArn);
  }

  keep({ secretAccessKey, sessionToken }: AwsCredentials): void {
    this.#secrecy.keep(secretAccessKey, sessionToken);
  }

  /** A token that the host has mounted: a secret whose claims are none. */
  noteMountedToken(token: string, roleArn: string): void {
    this.#secrecy.keep(token);
    this.learn({ mounted: { roleArn, claims: tokenClaims(token) } });
  }

  /** Names the cause of a failure, with what is known by now filled in. */
  explain(hop: HopId, failure: Failure): Finding {
    return explain({ hop, failure, subject: this.#subject });
  }

  /** Calls AWS and notes the clock skew that the answer shows; the first measurement counts. */
  async call<Output extends object, T>(
    operation: string,
    send: (options: { abortSignal: AbortSignal }) => Promise<Output>,
    pick: (output: Output) => T | undefined,
  ): Promise<CallResult<T>> {
    const result = await call(this.caller, operation, send, pick);
    if (this.#subject.skewMs === undefined && result.skewMs !== undefined) this.learn({ skewMs: result.skewMs });
    return result;
  }

  /** An event as it may leave: where the key ARN is kept as a secret, KEY_ARN, KEY_ID and ALIAS_NAME stand for it. */
  publish(event: TaskEvent): TaskEvent {
    return this.#keyMask ? maskedEvent(event, this.#keyMask.hidden) : event;
  }

  #keepSecrets(credential: Task['connection']['credential']): void {
    if (credential.type === 'ManualConfig') {
      const mistaken = isAccessKeyId(credential.accessKeyId) ? undefined : credential.accessKeyId;
      this.#secrecy.keep(credential.secretAccessKey, mistaken);
    }
    if (credential.type === 'OidcAuthentication') this.#secrecy.keep(credential.webIdentityToken);
  }
}

/** Agents that are lent go by the variables. */
function proxyOf({ env, agents }: Ambient): Subject['proxy'] {
  const variable = PROXY_VARIABLES.find((name) => env[name]);
  return variable === undefined ? undefined : { variable, isUsed: agents !== undefined };
}

/** The access key ID, if it is one. */
function accessKeyIdOf(credential: Task['connection']['credential']): string | undefined {
  if (credential.type !== 'ManualConfig' || !isAccessKeyId(credential.accessKeyId)) return undefined;
  return credential.accessKeyId;
}

/** The endpoint that is in force where it is not AWS's own: the region's, else the one that the SDK reads from the environment. */
function endpointOf({ endpoints, ambient: { env } }: Session, service: 'kms' | 'sts'): string | undefined {
  const configured = endpoints?.[service];
  if (configured || env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return configured;
  return env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env.AWS_ENDPOINT_URL || undefined;
}

function publicCredential(credential: Task['connection']['credential']): PublicCredential {
  switch (credential.type) {
    case 'ManualConfig':
    case 'AssumeIAMRole':
      return { type: credential.type };
    case 'AssumeSTSRole':
      return credential;
    case 'OidcAuthentication': {
      const { webIdentityToken: _, ...rest } = credential;
      return rest;
    }
  }
}
