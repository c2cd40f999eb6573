import type { ConnectionSubject } from '../connectors/kms-connection.ts';

/** What is tested: a stored connector, or a draft that nobody saved. */
export type TestSubject = ConnectionSubject;
