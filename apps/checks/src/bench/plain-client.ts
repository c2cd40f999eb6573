import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Call } from '../server/api-client.ts';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';

/**
 * Calls without a body on one connection that is kept, through what the AWS SDK also goes through. What is measured with it
 * is to be the server's time: `fetch` takes most of a millisecond of its own.
 */
export function plainClient(url: string): Call {
  const agent = new Agent({ keepAlive: true });
  return async <T>(method: string, path: string) => {
    const call = request(url + path, { method, headers: AS_ADMINISTRATOR, agent }).end();
    const [answer]: IncomingMessage[] = await once(call, 'response');
    if (!answer) throw new Error(`${method} ${path} was not answered.`);
    const body = await text(answer);
    return { status: answer.statusCode ?? 0, body: JSON.parse(body) as T, text: body };
  };
}
