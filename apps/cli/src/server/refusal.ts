import { apiErrorSchema } from '@wardline/contracts';
import { CommandError, EXIT_CODE } from '../exit-code.ts';

/** What a server said instead of an answer: its message, hints, fields and finding. */
export async function refusal(response: Response): Promise<CommandError> {
  const { data } = apiErrorSchema.safeParse(await response.json().catch(() => undefined));
  if (!data) {
    const message = `${response.url} answers with status ${response.status}, and not as a Wardline server does.`;
    return new CommandError(EXIT_CODE.unanswered, message);
  }
  const { code, message } = data;
  if (data.status === 'FAILURE') {
    return new CommandError(EXIT_CODE.unanswered, message, { details: { code, fields: data.errors ?? [] } });
  }
  const hints = data.responseMessages.filter((one) => one.code === 'HINT').map((one) => one.message);
  const finding = data.metadata?.finding;
  return new CommandError(EXIT_CODE.unanswered, message, { details: { code, hints, ...(finding && { finding }) } });
}

/** Whether an error is the server's with this code. */
export function isRefusal(error: unknown, ...codes: readonly string[]): error is CommandError {
  return error instanceof CommandError && error.details.code !== undefined && codes.includes(error.details.code);
}
