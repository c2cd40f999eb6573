import { type RunningServer, type ServerOptions, startServer } from './start-server.ts';

/**
 * Runs something against a server that lives only for it.
 * @throws whatever `run` throws, with what the server wrote to its output behind the message.
 */
export async function withServer<T>(options: ServerOptions, run: (server: RunningServer) => Promise<T>): Promise<T> {
  const server = await startServer(options);
  try {
    const result = await run(server);
    await server.stop();
    return result;
  } catch (failure) {
    await server.kill();
    const error = failure instanceof Error ? failure : new Error(String(failure));
    error.message += `\nThe server's output:\n${server.log() || '(none)'}`;
    throw error;
  }
}
