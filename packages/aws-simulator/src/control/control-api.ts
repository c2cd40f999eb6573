import { randomBytes } from 'node:crypto';
import { prettifyError, ZodError } from 'zod';
import type { FaultControl } from '../faults/fault-control.ts';
import { type HttpReply, type HttpRequest, jsonReply, readRequest, textReply } from '../http/exchange.ts';
import type { RequestCounts } from '../http/request-counts.ts';
import { type Listener, listen, send } from '../http/server.ts';
import { MalformedPolicyError } from '../policy/parse-policy.ts';
import { describeSeed } from '../state/describe-seed.ts';
import type { Store } from '../state/store.ts';
import { type Administration, AdministrationError } from './administration.ts';
import { carryOut, commandSchema } from './command.ts';

function perform(request: HttpRequest, admin: Administration, faults: FaultControl): HttpReply {
  try {
    const command = commandSchema.parse(JSON.parse(request.body.toString('utf8')));
    return jsonReply(200, { result: carryOut(command, admin, faults) ?? null });
  } catch (error) {
    if (error instanceof ZodError) return jsonReply(400, { error: prettifyError(error) });
    if (error instanceof SyntaxError) return jsonReply(400, { error: 'The body is not JSON.' });
    if (error instanceof MalformedPolicyError || error instanceof AdministrationError) {
      return jsonReply(400, { error: error.message });
    }
    throw error;
  }
}

/**
 * The administrator's side over HTTP, on a port of its own and under an unguessable path: `POST` a command,
 * `GET` the seed, the faults that are set and how often each operation was asked for. Who knows the URL is the administrator; a browser that was lured here does not.
 */
export async function startControlApi(
  store: Store,
  admin: Administration,
  { faults, requests }: { readonly faults: FaultControl; readonly requests: RequestCounts },
): Promise<Listener> {
  const path = `/${randomBytes(24).toString('base64url')}`;
  const answer = (request: HttpRequest | undefined): HttpReply => {
    if (!request) return textReply(413, 'Request too large', { connection: 'close' });
    if (request.path !== path) return textReply(404, '');
    if (request.method === 'GET') {
      return jsonReply(200, { seed: describeSeed(store.state), faults: faults.list(), requests: requests.list() });
    }
    return request.method === 'POST' ? perform(request, admin, faults) : textReply(405, '', { allow: 'GET, POST' });
  };
  const listener = await listen(async (message, response) => {
    send(response, { kind: 'whole', reply: answer(await readRequest(message)) }, new Date());
  });
  return { url: listener.url + path, close: listener.close };
}
