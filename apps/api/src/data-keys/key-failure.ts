import type { ErrorCode, Finding, Fix } from '@wardline/contracts';
import { WardlineError } from '../wardline-error.ts';

/** Why a data key could not be had. */
export interface KeyFailure {
  readonly code: Extract<ErrorCode, 'KMS_OPERATION_ERROR' | 'DELEGATE_NOT_AVAILABLE'>;
  readonly finding: Finding;
  /** Trying again, with nothing changed, may help. */
  readonly temporary: boolean;
}

/** What a caller is told: the finding whole, and its parts where clients of the ecosystem look for them. */
export function keyError(failure: KeyFailure, connector: string): WardlineError {
  const { code, finding } = failure;
  const message = `The secret manager “${connector}” cannot be used: ${finding.title}.`;
  return new WardlineError(code, message, findingDetails(failure));
}

/** A finding as the details of an error. */
export const findingDetails = ({ finding, temporary }: KeyFailure) => ({
  explanations: [finding.explanation],
  hints: finding.fixes.map(hintOf),
  finding,
  temporary,
});

const hintOf = ({ kind, title, body }: Fix): string =>
  kind === 'setting' ? `${title}. ${body}` : `${title}:\n${body}`;

/** A connector that someone has disabled. */
export const DISABLED: KeyFailure = {
  code: 'KMS_OPERATION_ERROR',
  temporary: false,
  finding: {
    code: 'secret-manager-disabled',
    title: 'The connector is disabled',
    explanation:
      'Someone has disabled this connector. Nothing is written to or read from it until it is enabled again.',
    fixes: [
      {
        kind: 'setting',
        title: 'Enable the connector',
        body: 'Open the connector and enable it. What is stored under it is kept.',
        target: 'Connector',
      },
    ],
  },
};

/** A connector that was deleted in the meantime. */
export const GONE: KeyFailure = {
  code: 'KMS_OPERATION_ERROR',
  temporary: false,
  finding: {
    code: 'data-key-gone',
    title: 'The data key is not stored any more',
    explanation: 'The data key, or the connector that it belongs to, was removed from the database.',
    fixes: [
      {
        kind: 'setting',
        title: 'Restore the database',
        body: 'Restore the database from a backup in which the connector and its data keys are.',
        target: 'Connector',
      },
    ],
  },
};

/** KMS gave back another key than it had given out: nothing may be encrypted under it. */
export const DIFFERS: KeyFailure = {
  code: 'KMS_OPERATION_ERROR',
  temporary: false,
  finding: {
    code: 'plaintext-differs',
    title: 'The data key that came back is another one',
    explanation:
      'kms:Decrypt answered with other bytes than kms:GenerateDataKey had. What answers as KMS is not KMS, or changes its answers. Nothing was encrypted.',
    fixes: [
      {
        kind: 'setting',
        title: 'Test the connector',
        body: 'Run the connection test, and look at the endpoints that WARDLINE_AWS_ENDPOINTS or AWS_ENDPOINT_URL name.',
        target: 'Connection Test',
      },
    ],
  },
};
