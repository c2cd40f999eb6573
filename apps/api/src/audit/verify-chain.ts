import type { KeyObject } from 'node:crypto';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { AuditVerification, BrokenAt, VerificationEvent } from '@wardline/contracts';
import { type ChainHead, FORGED_AFTER, sameDigest, signHead } from './chain.ts';
import { checkStart, startOf } from './chain-start.ts';
import { brokenAt, checkEvent } from './check-event.ts';
import { ExpectedHead } from './expected-head.ts';
import type { AuditReader, LogEnds, StoredEvent } from './reader.ts';

/** How many events are read and checked at a time: a few milliseconds in which nothing else runs. */
const CHUNK = 200;
const CHUNKS_PER_PROGRESS = 10;

interface VerifyOptions {
  readonly reader: AuditReader;
  readonly key: KeyObject;
  /** A head noted earlier, as {@link ExpectedHead} reads it. */
  readonly expectedHead?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks every event of the log against the chain, from the first that is kept to the one that was last when it began,
 * and ends with the result: the first event that is broken, or what was verified.
 *
 * It finds whatever is done to the database by someone without the master key and without an older copy of the
 * database. Who puts back a whole older copy, head and all, leaves a log that is consistent in itself; only a head
 * that was noted outside of the database tells: pass it as `expectedHead`.
 *
 * @throws the reason of the signal when it is aborted.
 */
export async function* verifyChain(options: VerifyOptions): AsyncGenerator<VerificationEvent, void, undefined> {
  const { reader, key, signal } = options;
  const expected = new ExpectedHead(options.expectedHead);
  const atBeginning = await reader.ends();
  const last = atBeginning.last ?? 0;
  const walk = new Walk(key, atBeginning, expected);

  for (let chunk = 0; !walk.problem && walk.end.seq < last; chunk += 1) {
    signal?.throwIfAborted();
    walk.check(await reader.between(walk.end.seq, last, CHUNK));
    // Retention may have removed what is missing in the meantime; then it left a checkpoint.
    if (walk.missesEvent) walk.resumeAfterPruning(await reader.ends());
    if (chunk % CHUNKS_PER_PROGRESS === 0)
      yield { type: 'progress', checked: walk.checked, total: last - walk.start.seq };
    // Reading the embedded database and checking never wait for anything by themselves.
    await otherWork();
  }

  const problem = walk.problem ?? checkHead(key, atBeginning, walk.end) ?? expected.problem(walk.start.seq + 1);
  yield { type: 'result', result: problem ? { verified: false, brokenAt: problem } : walk.verified() };
}

/** How far the chain was followed. */
class Walk {
  end: ChainHead;
  problem: BrokenAt | undefined;
  checked = 0;
  start: ChainHead;
  #ends: LogEnds;

  constructor(
    readonly key: KeyObject,
    ends: LogEnds,
    readonly expected: ExpectedHead,
  ) {
    this.#ends = ends;
    this.start = startOf(ends);
    this.end = this.start;
    this.problem = checkStart(key, ends);
    expected.see(this.start);
  }

  get missesEvent(): boolean {
    return this.problem?.reason === 'missing';
  }

  check(rows: readonly StoredEvent[]): void {
    if (rows.length === 0) this.problem = brokenAt('missing', this.end.seq + 1, null);
    for (const row of rows) {
      this.problem = checkEvent(this.key, this.end, row);
      if (this.problem) return;
      this.end = { seq: row.seq, hash: row.hash };
      this.expected.see(this.end);
      this.checked += 1;
    }
  }

  resumeAfterPruning(ends: LogEnds): void {
    const start = startOf(ends);
    if (start.seq <= this.end.seq) return;
    this.problem = checkStart(this.key, ends);
    this.#ends = ends;
    this.start = start;
    this.end = start;
    this.checked = 0;
    this.expected.see(start);
  }

  verified(): AuditVerification {
    const { checkpoint } = this.#ends;
    return {
      verified: true,
      events: this.checked,
      firstSeq: this.start.seq + 1,
      lastSeq: this.end.seq,
      head: this.end.hash,
      pruned: checkpoint ? { events: checkpoint.removed, at: checkpoint.at } : null,
    };
  }
}

/** Whether the note of the last event is the server's own, and names the event that the chain ends with. */
function checkHead(key: KeyObject, { head }: LogEnds, end: ChainHead): BrokenAt | undefined {
  if (!head) return brokenAt('head-changed', end.seq, null, 'It is gone.');
  if (!sameDigest(signHead(key, head), head.signature)) {
    const since = head.signature.startsWith(FORGED_AFTER) ? Number(head.signature.slice(FORGED_AFTER.length)) : end.seq;
    return brokenAt('head-changed', since, null, 'Its signature does not hold.');
  }
  if (head.seq > end.seq) return brokenAt('missing', end.seq + 1, null);
  if (head.seq < end.seq) return brokenAt('head-changed', head.seq, null, 'There are events after it.');
  if (!sameDigest(head.hash, end.hash)) return brokenAt('head-changed', end.seq, null, 'It names another hash.');
  return undefined;
}
