import { pino } from 'pino';
import { ConfigError, loadConfig } from './config.ts';
import { startDelegate } from './delegate.ts';
import { serveHealth } from './health.ts';
import { collectWhenIdle } from './idle-memory.ts';

/** How long what runs may take to finish after SIGTERM, in milliseconds; Kubernetes kills after 30 s by default. */
const DRAIN_MS = 25_000;

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = pino({ level: config.logLevel });
  const delegate = startDelegate(config, logger);
  const health = await serveHealth(delegate, config.healthPort);
  collectWhenIdle(delegate);
  logger.info({ name: config.name, tags: config.tags, manager: config.managerUrl.host }, 'delegate started');

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ signal }, 'stopping: what runs is finished, nothing new is taken');
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    void delegate.stop().then(() => {
      health.close();
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

try {
  await start();
} catch (error) {
  const reason = error instanceof ConfigError ? error.message : error instanceof Error ? error.message : String(error);
  process.stderr.write(`The delegate cannot start. ${reason}\n`);
  process.exit(1);
}
