import { PassThrough, type Readable } from 'node:stream';

/** What is sent: its type is the name of the server-sent event. */
interface NamedEvent {
  readonly type: string;
}

/** Silence after which proxies cut a connection is 30 seconds and more; a comment every 15 keeps it open. */
const KEEP_ALIVE_MS = 15_000;

export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would otherwise hold the events back until the last is there.
  'x-accel-buffering': 'no',
} as const;

/**
 * Server-sent events, each written the moment it happens.
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(events: AsyncIterable<NamedEvent>): Readable {
  const stream = new PassThrough();
  // The server listens for errors once it sends the stream; one that comes before must not end the process.
  stream.on('error', () => {});
  void pump(events, stream);
  return stream;
}

async function pump(events: AsyncIterable<NamedEvent>, stream: PassThrough): Promise<void> {
  const keepAlive = setInterval(() => stream.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
  try {
    for await (const event of events) stream.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    stream.end();
  } catch (error) {
    // Already destroyed means that the client went away, and that this is how the work learnt of it.
    if (!stream.destroyed) stream.destroy(error instanceof Error ? error : new Error('The events ended unexpectedly.'));
  } finally {
    clearInterval(keepAlive);
  }
}
