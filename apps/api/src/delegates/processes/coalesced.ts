/**
 * Work that many ask for at the same moment and that is done once for all of them: never twice at a time, and again
 * if someone asked while it ran.
 * @param failed gets what the work throws.
 */
export function coalesced(work: () => Promise<void>, failed: (error: unknown) => void): () => Promise<void> {
  let asked = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (asked) {
      asked = false;
      await work().catch(failed);
    }
    running = undefined;
  };
  return () => {
    asked = true;
    running ??= run();
    return running;
  };
}
