import type { FastifyReply, FastifyRequest } from 'fastify';
import { pino } from 'pino';
import type { Config } from './config.ts';
import { redact } from './redact.ts';

/**
 * What is logged of a request: the route, not the URL, because people paste keys into paths and programs into queries.
 * The request's id leads to the rest in the audit log.
 */
function describeRequest(request: FastifyRequest) {
  return { method: request.method, route: request.routeOptions.url ?? 'none', remoteAddress: request.ip };
}

/** JSON lines on standard error: standard output is for people. */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  destination: { write(line: string): void } = pino.destination(2),
) {
  return pino(
    {
      level: logLevel,
      serializers: {
        req: describeRequest,
        res: (reply: FastifyReply) => ({ statusCode: reply.statusCode }),
        err: (error: Error) => redact(pino.stdSerializers.err(error)),
      },
      formatters: { log: redactLine },
    },
    destination,
  );
}

/** The fields of a line, but for those that a serializer makes safe. */
function redactLine(line: Record<string, unknown>): Record<string, unknown> {
  const { req, res, err, ...rest } = line;
  return {
    ...(req !== undefined && { req }),
    ...(res !== undefined && { res }),
    ...(err !== undefined && { err }),
    ...Object(redact(rest)),
  };
}
