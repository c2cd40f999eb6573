import type { FastifyBaseLogger } from 'fastify';

interface Closable {
  close(): unknown;
}

/** The longest that stopping may take before the process ends regardless, in milliseconds. */
const STOP_MS = 15_000;

/**
 * On SIGTERM or SIGINT (ctrl-C) closes what was opened, in the order given, and exits with 0; what takes longer
 * than {@link STOP_MS}, or an impatient second ctrl-C, ends the process at once.
 */
export function stopOnSignal(opened: readonly Closable[], logger: FastifyBaseLogger): void {
  let stoppingSince: number | undefined;
  const stop = async (signal: NodeJS.Signals) => {
    // npm passes on a ctrl-C that the terminal has sent here too, so one key press can arrive twice.
    if (stoppingSince !== undefined && performance.now() - stoppingSince < 500) return;
    if (stoppingSince !== undefined) process.exit(1);
    stoppingSince = performance.now();
    logger.info({ signal }, 'stopping: running requests finish, new ones are refused');
    setTimeout(() => process.exit(1), STOP_MS).unref();
    try {
      for (const part of opened) await part.close();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'stopping failed');
      process.exit(1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
