import { invalidFields } from '../plugins/errors.ts';

/** What follows `/api/secrets/` and has something below it: the versions of a secret with such an ID had no address. */
const PATH_WORDS: ReadonlySet<string> = new Set(['files', 'rewraps']);

/** @throws WardlineError INVALID_REQUEST for an identifier that is part of a path of the API. */
export function refusePathWord(identifier: string): void {
  if (!PATH_WORDS.has(identifier)) return;
  const error = `“${identifier}” is part of a path of the API, so that the versions of a secret with this ID could not be listed. Choose another ID.`;
  throw invalidFields([{ fieldId: 'secret.identifier', error }]);
}
