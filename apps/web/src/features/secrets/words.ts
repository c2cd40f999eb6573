import { formatReference, parseReference, type SecretResponse, type SecretType } from '@wardline/contracts';
import { formatBytes } from '../../lib/format.ts';

/** What the types of secrets are called. */
export const TYPE_WORDS = { SecretText: 'Text', SecretFile: 'File' } as const satisfies Record<SecretType, string>;

/** How others refer to a secret of the account. */
export function referenceOf({ identifier }: Pick<SecretResponse['secret'], 'identifier'>): string {
  return formatReference({ level: 'account', identifier });
}

/** The same as an expression, for the templates of pipelines. */
export function expressionOf(secret: Pick<SecretResponse['secret'], 'identifier'>): string {
  return `<+secrets.getValue("${referenceOf(secret)}")>`;
}

/** Whether two references name the same manager; one of the account is named with its level or without. */
export function isSameManager(one: string, other: string): boolean {
  const [a, b] = [parseReference(one, {}), parseReference(other, {})];
  return a && b ? formatReference(a) === formatReference(b) : one === other;
}

/** How much a value has; what was described as YAML only has none yet. */
export function sizeInWords(byteLength: number, draft: boolean): string {
  return draft ? 'No value yet' : formatBytes(byteLength);
}
