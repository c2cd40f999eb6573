import { randomBytes } from 'node:crypto';
import type { StruckFaults } from '../faults/fault-control.ts';
import { type HttpReply, type HttpRequest, header, jsonReply, textReply } from '../http/exchange.ts';
import type { Service } from '../http/server.ts';
import { HOST_ROLE } from '../state/seed.ts';
import type { Store } from '../state/store.ts';
import { hostCredentials } from './host-credentials.ts';

const TOKEN_PATH = '/latest/api/token';
const ROLES_PATH = '/latest/meta-data/iam/security-credentials';
const TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const MAX_TTL_SECONDS = 21_600;
const INSTANCE_ID = 'i-0123456789abcdef0';
/** Only a client that fetches tokens without end ever gets there. */
const MAX_TOKENS = 1000;

/** Session tokens of IMDSv2, with the time in milliseconds until which they open the metadata. */
class MetadataTokens {
  readonly #expiry = new Map<string, number>();

  issue(ttlSeconds: number, now: Date): string {
    if (this.#expiry.size >= MAX_TOKENS) this.#expiry.clear();
    const token = randomBytes(40).toString('base64url');
    this.#expiry.set(token, now.getTime() + ttlSeconds * 1000);
    return token;
  }

  accepts(token: string | undefined, now: Date): boolean {
    return token !== undefined && (this.#expiry.get(token) ?? 0) > now.getTime();
  }
}

function operationOf({ method, path }: HttpRequest): string {
  if (path === TOKEN_PATH) return method === 'PUT' ? 'PutToken' : 'Unknown';
  if (path === ROLES_PATH || path === `${ROLES_PATH}/`) return 'ListRoles';
  return path.startsWith(`${ROLES_PATH}/`) ? 'GetRole' : 'Unknown';
}

function putToken(request: HttpRequest, tokens: MetadataTokens, now: Date): HttpReply {
  // A request that came through a proxy gets no token: that is IMDSv2's defence against open ones.
  if (request.headers.has('x-forwarded-for')) return textReply(403, '');
  const ttl = Number(header(request, TTL_HEADER));
  if (!Number.isInteger(ttl) || ttl < 1 || ttl > MAX_TTL_SECONDS) return textReply(400, '');
  return textReply(200, tokens.issue(ttl, now), { [TTL_HEADER]: String(ttl) });
}

/**
 * The instance metadata service, version 2 only, with the host role's credentials.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export function instanceMetadata(store: Store): Service {
  const tokens = new MetadataTokens();

  function roleDocument(name: string, faults: StruckFaults, now: Date): HttpReply {
    const role = store.state.roles.find((candidate) => candidate.name === HOST_ROLE);
    if (!role || name !== HOST_ROLE) return textReply(404, '');
    const LastUpdated = `${now.toISOString().slice(0, 19)}Z`;
    const credentials = hostCredentials(store, role, INSTANCE_ID, faults, now);
    return jsonReply(200, { Code: 'Success', LastUpdated, Type: 'AWS-HMAC', ...credentials });
  }

  return {
    name: 'imds',
    operationOf,
    answer(request, faults, now) {
      const operation = operationOf(request);
      if (operation === 'PutToken') return faults.has('hop-limit') ? undefined : putToken(request, tokens, now);
      if (!tokens.accepts(header(request, 'x-aws-ec2-metadata-token'), now)) return textReply(401, '');
      const broken = faults.find('server-error');
      if (broken) return textReply(broken.status, '');
      if (operation === 'Unknown' || faults.has('no-role')) return textReply(404, '');
      if (operation === 'ListRoles') return textReply(200, HOST_ROLE);
      return roleDocument(request.path.slice(ROLES_PATH.length + 1), faults, now);
    },
  };
}
