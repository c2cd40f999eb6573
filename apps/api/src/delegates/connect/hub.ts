import type { RefusalCode } from '@wardline/delegate-protocol';
import type { DelegateSession } from './delegate-session.ts';

/** A session and the way to end it. */
interface Member {
  readonly session: DelegateSession;
  readonly end: (code: RefusalCode) => void;
}

/** The delegates that are connected to this process. */
export class DelegateHub {
  readonly #members = new Map<string, Member>();
  #late = 0;

  /** Adds a session. One process of a delegate has one session: an older one of it is half open, and ends. */
  add(session: DelegateSession, end: (code: RefusalCode) => void): void {
    const { instanceId } = session.facts.self;
    this.#members.get(instanceId)?.end('replaced');
    this.#members.set(instanceId, { session, end });
  }

  /** Removes a session that is over; the one that has replaced it stays. */
  remove(session: DelegateSession): void {
    this.#late += session.lateReports;
    const { instanceId } = session.facts.self;
    if (this.#members.get(instanceId)?.session === session) this.#members.delete(instanceId);
  }

  find(instanceId: string): DelegateSession | undefined {
    return this.#members.get(instanceId)?.session;
  }

  /** Those that are connected now, one after another. */
  *sessions(): Generator<DelegateSession> {
    for (const { session } of this.#members.values()) yield session;
  }

  list(): DelegateSession[] {
    return [...this.sessions()];
  }

  /** Events that came after their task was given up, and were dropped. */
  get lateReports(): number {
    return this.list().reduce((sum, { lateReports }) => sum + lateReports, this.#late);
  }

  /** Ends the sessions that match. */
  end(code: RefusalCode, matches: (session: DelegateSession) => boolean = () => true): void {
    for (const { session, end } of [...this.#members.values()]) if (matches(session)) end(code);
  }
}
