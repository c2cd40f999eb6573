import { text } from 'node:stream/consumers';
import { apiErrorSchema } from '@wardline/contracts';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import { parseJson } from '../parse-json.ts';
import type { Answer } from './exchange.ts';

/** What the server proposes is for programs. */
const NEW_KEY =
  'A key ends when it expires or is revoked, or its owner is locked. Make another in the console (Access Control, Service Accounts), and give it to “wardline login” or WARDLINE_API_KEY.';

/** What a server said instead of an answer: its message, hints, fields and finding. */
export async function refusal({ url, status, headers, body, proxy }: Answer): Promise<CommandError> {
  const { location } = headers;
  const { data } = apiErrorSchema.safeParse(parseJson(await text(body).catch(() => '')));
  if (!data) {
    if (proxy && (status === 407 || status >= 502)) {
      return new CommandError(EXIT_CODE.unanswered, proxy.refusal(status, '').message);
    }
    if (location !== undefined && status < 400) return ledElsewhere(url, location);
    return notWardline(url, `with status ${status}`);
  }
  const { code, message } = data;
  if (data.status === 'FAILURE') {
    return new CommandError(EXIT_CODE.unanswered, message, { details: { code, fields: data.errors ?? [] } });
  }
  const said = data.responseMessages.filter((one) => one.code === 'HINT').map((one) => one.message);
  const hints = code === 'INVALID_TOKEN' ? [NEW_KEY] : said;
  const finding = data.metadata?.finding;
  return new CommandError(EXIT_CODE.unanswered, message, { details: { code, hints, ...(finding && { finding }) } });
}

/** Something else listens there, or stands in between. @param how it answers. */
export function notWardline(url: string, how: string): CommandError {
  const message = `${url} answers ${how}, and not as a Wardline server does. Check the address, and what stands in between.`;
  return new CommandError(EXIT_CODE.unanswered, message);
}

/** The key goes nowhere but where it was meant to go. */
function ledElsewhere(url: string, location: string): CommandError {
  const to = URL.canParse(location, url) ? new URL(location, url).origin : location;
  const message = `${url} leads to another address, ${to}, which was not asked: it would be given the API key. If it is the server, name it with --url or WARDLINE_URL.`;
  return new CommandError(EXIT_CODE.unanswered, message);
}

/** Whether an error is the server's with this code. */
export function isRefusal(error: unknown, ...codes: readonly string[]): error is CommandError {
  return error instanceof CommandError && error.details.code !== undefined && codes.includes(error.details.code);
}
