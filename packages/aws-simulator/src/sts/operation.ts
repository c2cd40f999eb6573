import type { StruckFaults } from '../faults/fault-control.ts';
import type { Caller } from '../policy/principals.ts';
import type { Store } from '../state/store.ts';
import type { XmlContent } from './xml.ts';

/** A call, authenticated or with a token in its form. */
export interface StsCall {
  readonly store: Store;
  readonly sourceIp: string;
  readonly now: Date;
  readonly faults: StruckFaults;
  /** The form's fields. */
  readonly form: URLSearchParams;
}

/** One operation of STS. */
export type StsOperation = { readonly name: string } & (
  | { readonly signed: true; run(call: StsCall, caller: Caller): XmlContent | Promise<XmlContent> }
  /** Web identity: the token in the form is the proof, there are no keys to sign with. */
  | { readonly signed: false; run(call: StsCall): XmlContent | Promise<XmlContent> }
);
