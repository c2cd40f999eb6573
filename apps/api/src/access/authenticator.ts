import { hash } from 'node:crypto';
import type { AuditResourceType, AuthenticationMethod } from '@wardline/contracts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Storage } from '../storage.ts';
import { Grants } from './grants.ts';
import type { Authentication, Principal } from './principal.ts';
import { parseToken, secretMatches } from './token-text.ts';

/** Who a request is from and what they may do. */
export interface Identity {
  readonly principal: Principal;
  readonly authentication: Authentication;
  readonly grants: Grants;
}

/** An identity that was proven, and until when the proof may be reused without asking the database. */
export interface Proof {
  readonly principal: Principal;
  readonly authentication: Authentication;
  /** When the session or the token ends, in epoch milliseconds; Infinity for never. */
  readonly endsAt: number;
}

/** What a request shows to prove who it is from: the value of its API key header or of its session cookie. */
export interface Presented {
  readonly method: AuthenticationMethod;
  readonly text: string;
}

/** Why there is no identity; the answer is the same for all but what the caller can mend. */
export type Refusal = 'unknown' | 'expired' | 'disabled';

/** Proves who holds a session cookie. */
export type SessionReader = (cookie: string) => Promise<Proof | Refusal>;

/**
 * How long a proven identity and its rights are kept in memory, in milliseconds. Changes made through this process
 * count at once; those of another process on the same database after this time at the latest.
 */
const KEEP_MS = 2000;
const KEEP_AT_MOST = 10_000;

/** A change of one of these may take someone's access away, or give it. */
const DECIDES_ACCESS: ReadonlySet<AuditResourceType> = new Set([
  'USER',
  'USER_GROUP',
  'SERVICE_ACCOUNT',
  'API_KEY',
  'TOKEN',
  'ROLE',
  'ROLE_ASSIGNMENT',
  'SESSION',
]);

/** What was refused or has failed has changed nothing; else whoever is refused could make the server look up everyone. */
const decidesAccess = ({ outcome = 'SUCCESS', resource }: AuditEntry): boolean =>
  outcome === 'SUCCESS' && DECIDES_ACCESS.has(resource.type);

interface Kept {
  readonly identity: Identity;
  readonly until: number;
}

interface AuthenticatorOptions {
  readonly storage: Pick<Storage, 'access' | 'onRecorded'>;
  readonly accountId: string;
  readonly now: () => Date;
}

/**
 * Finds out who requests are from. What was proven is kept for a moment, under a hash of what was sent, since a
 * lookup of token and rights in the database for every request costs more than many a request itself.
 */
export class Authenticator {
  readonly #kept = new Map<string, Kept>();
  readonly #options: AuthenticatorOptions;
  readonly #readSession: SessionReader;
  readonly #used = new Map<string, Date>();
  #generation = 0;

  constructor(options: AuthenticatorOptions, readSession: SessionReader) {
    this.#options = options;
    this.#readSession = readSession;
    options.storage.onRecorded((entries) => {
      if (entries.some(decidesAccess)) this.#forget();
    });
  }

  /** Whose this is, if that was proven a moment ago. Takes some microseconds. */
  recall(sent: Presented): Identity | undefined {
    const now = this.#options.now();
    const kept = this.#kept.get(keyOf(sent));
    return kept && kept.until > now.getTime() ? this.#seen(kept.identity, now) : undefined;
  }

  /** Whose this is, by the database. */
  async prove(sent: Presented): Promise<Identity | Refusal> {
    const now = this.#options.now();
    const generation = this.#generation;
    const proof = await (sent.method === 'api-key' ? this.#proveToken(sent.text) : this.#readSession(sent.text));
    if (typeof proof === 'string') return proof;
    const grants = new Grants(await this.#options.storage.access.findGrants(proof.principal));
    const identity = { principal: proof.principal, authentication: proof.authentication, grants };
    // Not kept if something changed while the database was asked.
    if (generation === this.#generation) {
      if (this.#kept.size >= KEEP_AT_MOST) this.#kept.clear();
      this.#kept.set(keyOf(sent), { identity, until: Math.min(now.getTime() + KEEP_MS, proof.endsAt) });
    }
    return this.#seen(identity, now);
  }

  /** Tokens used since the last call, with the time of their last use. */
  takeUsed(): ReadonlyMap<string, Date> {
    const used = new Map(this.#used);
    this.#used.clear();
    return used;
  }

  /** Makes a change of rights, tokens, sessions or users count at once. */
  #forget(): void {
    this.#generation += 1;
    this.#kept.clear();
  }

  #seen(identity: Identity, now: Date): Identity {
    if (identity.authentication.method === 'api-key') this.#used.set(identity.authentication.id, now);
    return identity;
  }

  async #proveToken(text: string): Promise<Proof | Refusal> {
    const { storage, accountId, now } = this.#options;
    const token = parseToken(text);
    if (!token || token.account !== accountId) return 'unknown';
    const stored = await storage.access.findToken(token.id);
    // Compared all the same where there is no such token, so that the time of an answer does not tell.
    const matches = secretMatches(token.secret, stored?.secretHash ?? NO_HASH);
    if (!stored || !matches) return 'unknown';
    if ((token.prefix === 'pat') !== (stored.owner.type === 'USER')) return 'unknown';
    if (stored.ownerDisabled) return 'disabled';
    const time = now().getTime();
    const endsAt = Math.min(millis(stored.validTo), millis(stored.scheduledExpireAt));
    if (endsAt <= time || Date.parse(stored.validFrom) > time) return 'expired';
    return { principal: stored.owner, authentication: { method: 'api-key', id: stored.id }, endsAt };
  }
}

/** As long as a SHA-256; no secret is known that has it. */
const NO_HASH = '0'.repeat(64);

/** The method is part of the key: what holds as a cookie is no API key. */
const keyOf = ({ method, text }: Presented): string => hash('sha256', `${method} ${text}`, 'base64');

const millis = (time: string | null): number => (time === null ? Number.POSITIVE_INFINITY : Date.parse(time));
