import type { FaultOf } from '../faults/fault.ts';
import type { StruckFaults } from '../faults/fault-control.ts';
import { type HttpReply, type HttpRequest, header, newRequestId } from '../http/exchange.ts';
import type { Service } from '../http/server.ts';
import { findCredential } from '../identity/find-credential.ts';
import { SignatureProblem, type SignatureProblemKind, verifyRequest } from '../sigv4/verify-request.ts';
import type { Store } from '../state/store.ts';
import { decrypt } from './decrypt.ts';
import { describeKey } from './describe-key.ts';
import { encrypt } from './encrypt.ts';
import { generateDataKey } from './generate-data-key.ts';
import { generateDataKeyWithoutPlaintext } from './generate-data-key-without-plaintext.ts';
import { getKeyRotationStatus } from './get-key-rotation-status.ts';
import { KmsError } from './kms-error.ts';
import { listAliases } from './list-aliases.ts';
import { reEncrypt } from './re-encrypt.ts';

/** Everything that the KMS endpoint answers. */
const OPERATIONS = new Map(
  [
    describeKey,
    generateDataKey,
    generateDataKeyWithoutPlaintext,
    encrypt,
    decrypt,
    reEncrypt,
    listAliases,
    getKeyRotationStatus,
  ].map((operation) => [operation.name, operation]),
);

const TARGET = 'TrentService.';
const CLOCK_WINDOW_MINUTES = 5;

const SIGNATURE_CODES: Record<SignatureProblemKind, string> = {
  missing: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  'expired-token': 'ExpiredTokenException',
  mismatch: 'InvalidSignatureException',
};

const SERVER_ERRORS: Readonly<Record<number, string>> = {
  500: 'KMSInternalException',
  503: 'DependencyTimeoutException',
};

function wire(status: number, body: string, headers: Record<string, string> = {}): HttpReply {
  const common = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': newRequestId() };
  return { status, headers: { ...common, ...headers }, body };
}

function refusal({ code, message, status }: KmsError, shape: FaultOf<'error-shape'>['shape'] | undefined): HttpReply {
  switch (shape) {
    case undefined:
      return wire(status, JSON.stringify({ __type: code, ...(message !== '' && { message }) }));
    case 'capital-message':
      return wire(status, JSON.stringify({ __type: code, Message: message }));
    case 'errortype-header':
      return wire(status, JSON.stringify({ message }), { 'x-amzn-errortype': `${code}:http://internal.amazon.com/` });
  }
}

function checkFaults(faults: StruckFaults): void {
  if (faults.has('throttle')) {
    const text = 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.';
    throw new KmsError('ThrottlingException', text);
  }
  const broken = faults.find('server-error');
  if (broken) throw new KmsError(broken.code ?? SERVER_ERRORS[broken.status] ?? 'InternalFailure', '', broken.status);
  const other = faults.find('error');
  if (other) throw new KmsError(other.code, other.message, other.status);
  if (faults.has('expired-credentials')) {
    throw new KmsError('ExpiredTokenException', 'The security token included in the request is expired');
  }
}

function parseBody(request: HttpRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8') || '{}');
  } catch {
    throw new KmsError('SerializationException', 'The request body is not valid JSON.');
  }
}

/** KMS over `awsJson1_1`: `POST /` with the operation in `x-amz-target`. */
export function kmsService(store: Store): Service {
  const operationOf = (request: HttpRequest): string => {
    const target = header(request, 'x-amz-target') ?? '';
    return target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
  };

  function run(request: HttpRequest, faults: StruckFaults, now: Date): Record<string, unknown> {
    checkFaults(faults);
    const { region } = store.state;
    const find = (id: string, token: string | undefined) => findCredential(store, id, token, now);
    const verifier = { service: 'kms', region, windowMinutes: CLOCK_WINDOW_MINUTES, find } as const;
    const caller = verifyRequest(request, verifier, now);
    const operation = OPERATIONS.get(operationOf(request));
    if (!operation) throw new KmsError('UnknownOperationException', '');
    return operation.run({ store, caller, sourceIp: request.sourceIp }, parseBody(request));
  }

  return {
    name: 'kms',
    operationOf,
    answer(request, faults, now) {
      try {
        return wire(200, JSON.stringify(run(request, faults, now)));
      } catch (error) {
        const shape = faults.find('error-shape')?.shape;
        if (error instanceof KmsError) return refusal(error, shape);
        if (!(error instanceof SignatureProblem)) throw error;
        return refusal(new KmsError(SIGNATURE_CODES[error.kind], error.message), shape);
      }
    },
  };
}
