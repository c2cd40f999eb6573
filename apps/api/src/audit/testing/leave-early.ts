import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { ADMIN_KEY } from '../../test-support/test-app.ts';

/** Asks as an administrator, over a connection of its own, and hangs up after the first bytes of the answer's body. */
export async function leaveEarly(url: string, options: RequestOptions = {}): Promise<{ readonly status: number }> {
  const headers = { 'x-api-key': ADMIN_KEY, ...options.headers };
  const asked = request(url, { ...options, headers, agent: false }).end();
  const [answer]: IncomingMessage[] = await once(asked, 'response');
  if (!answer) throw new Error('There was no answer.');
  await once(answer, 'data');
  answer.destroy();
  return { status: answer.statusCode ?? 0 };
}
