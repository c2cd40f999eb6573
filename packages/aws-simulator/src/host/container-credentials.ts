import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { header, jsonReply, textReply } from '../http/exchange.ts';
import type { Service } from '../http/server.ts';
import { HOST_ROLE } from '../state/seed.ts';
import type { Store } from '../state/store.ts';
import { hostCredentials } from './host-credentials.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The endpoint and what a container has to be told of it. */
export interface ContainerCredentials {
  readonly service: Service;
  /** For `AWS_CONTAINER_CREDENTIALS_FULL_URI`, after the listener's own URL. */
  readonly path: string;
  /** For `AWS_CONTAINER_AUTHORIZATION_TOKEN`. */
  readonly authorizationToken: string;
}

/**
 * The credentials endpoint of ECS tasks and EKS pods, with the host role's credentials.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function containerCredentials(store: Store): ContainerCredentials {
  const authorizationToken = randomBytes(32).toString('base64url');
  const path = '/v1/credentials';
  const service: Service = {
    name: 'container',
    operationOf: () => 'GetCredentials',
    answer(request, faults, now) {
      const broken = faults.find('server-error');
      if (broken) return textReply(broken.status, '');
      if (request.method !== 'GET' || request.path !== path) return textReply(404, '');
      const given = header(request, 'authorization') ?? '';
      // Digests are of one length, so the comparison takes the same time whatever was sent.
      if (!timingSafeEqual(digest(given), digest(authorizationToken))) {
        return jsonReply(401, { code: 'AccessDeniedException', message: 'The authorization token is not valid.' });
      }
      const role = store.state.roles.find((candidate) => candidate.name === HOST_ROLE);
      if (!role) return textReply(404, '');
      return jsonReply(200, { RoleArn: role.arn, ...hostCredentials(store, role, 'simulated-task', faults, now) });
    },
  };
  return { service, path, authorizationToken };
}
