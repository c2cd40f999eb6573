interface SecretPattern {
  readonly what: string;
  readonly pattern: RegExp;
}

/** What a credential looks like in a file. Access key IDs: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const SECRET_PATTERNS: readonly SecretPattern[] = [
  { what: 'an AWS access key ID', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{20}/ },
  { what: 'a private key as JWK', pattern: /"d"\s*:\s*"[A-Za-z0-9_-]{40,}"/ },
  { what: 'an AWS secret access key', pattern: /secret_?access_?key["'\s:=]{1,6}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
];

/** What in a text looks like a credential, by line; the text itself is not repeated. */
export function secretsIn(text: string): string[] {
  return SECRET_PATTERNS.flatMap(({ what, pattern }) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [`${what} in line ${text.slice(0, at).split('\n').length}`];
  });
}
