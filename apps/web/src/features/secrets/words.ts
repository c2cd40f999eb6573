import { formatReference, parseReference, type SecretResponse, type SecretType } from '@wardline/contracts';

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

/** Both ways in which a secret of the account can name a manager of the account. */
export function namesOf(manager: string): string[] {
  const known = parseReference(manager, {});
  return known ? [formatReference(known), known.identifier] : [manager];
}
