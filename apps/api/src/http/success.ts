import type { FastifyRequest } from 'fastify';

/** The success envelope of `/ng/api` around an answer. */
export function success<T>(request: Pick<FastifyRequest, 'id'>, data: T) {
  return { status: 'SUCCESS' as const, data, metaData: null, correlationId: request.id };
}
