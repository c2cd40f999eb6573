import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { WardlineError } from '../../wardline-error.ts';

/** The agent as it is built. */
interface AgentFile {
  /** All answers send these very bytes: of a text, each client that is slow to read it would hold a copy. */
  readonly bytes: Buffer;
  /** 64 hex digits. */
  readonly sha256: string;
}

/**
 * Reads the agent's one file, again only when it has changed: it is some hundred kilobytes, and a fleet fetches it.
 * @returns a function that throws WardlineError ENTITY_NOT_FOUND where the agent is not built.
 */
export function agentFile(path: string): () => Promise<AgentFile> {
  let kept: (AgentFile & { readonly modified: number }) | undefined;
  return async () => {
    const modified = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (modified === undefined) {
      throw new WardlineError('ENTITY_NOT_FOUND', 'The delegate is not built on this server. Run: npm run build');
    }
    if (kept?.modified !== modified) {
      const bytes = await readFile(path);
      kept = { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), modified };
    }
    return kept;
  };
}
