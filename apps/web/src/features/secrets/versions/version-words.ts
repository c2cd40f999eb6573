import type { SecretVersion } from '@wardline/contracts';

/** How a version came to be. */
export function originWords({ origin }: SecretVersion): string {
  switch (origin.kind) {
    case 'created':
      return 'Created';
    case 'changed':
      return 'Changed';
    case 'restored':
      return `Rolled back to ${origin.from}`;
  }
}

/** Whether the value came with this version, or which other one had it first. */
export function valueWords(version: Pick<SecretVersion, 'version' | 'valueOf'>): string {
  return version.valueOf === version.version ? 'New value' : `Same as version ${version.valueOf}`;
}
