import type { StruckFaults } from '../faults/fault-control.ts';
import { type HttpReply, type HttpRequest, newRequestId } from '../http/exchange.ts';
import type { Service } from '../http/server.ts';
import { findCredential } from '../identity/find-credential.ts';
import { SignatureProblem, type SignatureProblemKind, verifyRequest } from '../sigv4/verify-request.ts';
import type { Store } from '../state/store.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import type { StsOperation } from './operation.ts';
import { StsError } from './sts-error.ts';
import { type XmlContent, xml } from './xml.ts';

/** Everything that the STS endpoint answers. */
const OPERATIONS = new Map<string, StsOperation>(
  [getCallerIdentity, assumeRole, assumeRoleWithWebIdentity].map((operation) => [operation.name, operation]),
);

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const CLOCK_WINDOW_MINUTES = 15;

const SIGNATURE_CODES: Record<SignatureProblemKind, readonly [code: string, status: number]> = {
  missing: ['MissingAuthenticationToken', 403],
  malformed: ['IncompleteSignature', 400],
  'unknown-key': ['InvalidClientTokenId', 403],
  'expired-token': ['ExpiredToken', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
};

function wire(status: number, root: string, content: XmlContent, requestId: string): HttpReply {
  const body = `<${root} xmlns="${NAMESPACE}">${xml(content)}</${root}>`;
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

function refusal({ status, code, message }: StsError): HttpReply {
  const requestId = newRequestId();
  const Type = status < 500 ? 'Sender' : 'Receiver';
  const error = { Error: { Type, Code: code, Message: message }, RequestId: requestId };
  return wire(status, 'ErrorResponse', error, requestId);
}

function checkFaults(faults: StruckFaults): void {
  if (faults.has('throttle')) throw new StsError('Throttling', 400, 'Rate exceeded');
  const broken = faults.find('server-error');
  if (broken) throw new StsError(broken.code ?? 'InternalFailure', broken.status, '');
  const other = faults.find('error');
  if (other) throw new StsError(other.code, other.status, other.message);
  if (faults.has('expired-credentials')) {
    throw new StsError('ExpiredToken', 403, 'The security token included in the request is expired');
  }
}

/** STS over `awsQuery`: a form with `Action` and `Version`, XML back. */
export function stsService(store: Store): Service {
  const formOf = (request: HttpRequest): URLSearchParams => new URLSearchParams(request.body.toString('utf8'));

  async function run(request: HttpRequest, faults: StruckFaults, now: Date): Promise<HttpReply> {
    checkFaults(faults);
    const form = formOf(request);
    const name = form.get('Action') ?? '';
    const operation = OPERATIONS.get(name);
    const call = { store, sourceIp: request.sourceIp, now, faults, form };
    const { region } = store.state;
    const find = (id: string, token: string | undefined) => findCredential(store, id, token, now);
    const verifier = { service: 'sts', region, windowMinutes: CLOCK_WINDOW_MINUTES, find } as const;
    if (!operation) {
      throw new StsError('InvalidAction', 400, `Could not find operation ${name} for version ${form.get('Version')}`);
    }
    const result = operation.signed
      ? await operation.run(call, verifyRequest(request, verifier, now))
      : await operation.run(call);
    const requestId = newRequestId();
    const content = { [`${name}Result`]: result, ResponseMetadata: { RequestId: requestId } };
    return wire(200, `${name}Response`, content, requestId);
  }

  return {
    name: 'sts',
    operationOf: (request) => formOf(request).get('Action') ?? '',
    async answer(request, faults, now) {
      try {
        return await run(request, faults, now);
      } catch (error) {
        if (error instanceof StsError) return refusal(error);
        if (!(error instanceof SignatureProblem)) throw error;
        const [code, status] = SIGNATURE_CODES[error.kind];
        return refusal(new StsError(code, status, error.message));
      }
    },
  };
}
