const HIDDEN = '[hidden]';

/** AWS quotes the whole canonical request, session token included, in some signature errors. Its first part says enough. */
const CANONICAL_REQUEST = /\s*The (?:Canonical String|String-to-Sign)[\s\S]*$/;
const MESSAGE_MAX = 1_000;

/**
 * Remembers the secrets of one task and takes them out of any text that leaves it: messages of AWS, of proxies, of
 * Node. The last line of defence; nothing is put into a fact on purpose.
 */
export class Secrecy {
  readonly #secrets = new Set<string>();

  keep(...secrets: ReadonlyArray<string | undefined>): void {
    // Very short values would blank out ordinary words.
    for (const secret of secrets) if (secret && secret.length >= 8) this.#secrets.add(secret);
  }

  readonly scrub = (text: string): string => {
    let clean = text.replace(CANONICAL_REQUEST, '');
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, HIDDEN);
    return clean.length > MESSAGE_MAX ? `${clean.slice(0, MESSAGE_MAX)}…` : clean;
  };
}
