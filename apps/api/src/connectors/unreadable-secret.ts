import type { Finding } from '@wardline/contracts';
import type { WardlineError } from '../wardline-error.ts';

/** Why a secret that the connector names could not be read, as the outcome of a test. */
export function unreadableSecret(error: WardlineError): Finding | undefined {
  switch (error.code) {
    case 'INVALID_REQUEST':
      return {
        code: 'secret-not-available',
        title: 'A secret of this connector is not available',
        explanation: (error.details.fields ?? []).map((field) => field.error).join(' ') || error.message,
        fixes: [
          {
            kind: 'setting',
            title: 'Choose or create the secret',
            body: 'Edit the connector and, in Details, create the secret again or select another one.',
            target: error.details.fields?.[0]?.fieldId ?? 'connector.spec',
          },
        ],
      };
    case 'SECRET_MANAGEMENT_ERROR':
      return {
        code: 'secret-not-decryptable',
        title: 'A secret of this connector cannot be decrypted',
        explanation: error.message,
        fixes: [
          {
            kind: 'setting',
            title: 'Save the value again',
            body: 'Open the secret, enter its value again and save it; or restore the database together with its master key.',
          },
        ],
      };
    default:
      return undefined;
  }
}
