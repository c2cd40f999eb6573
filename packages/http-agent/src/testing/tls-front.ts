import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';

/** Speaks TLS in front of a server that does not, and passes everything on as it is. @param to `http://host:port` */
export async function tlsFront(to: string, tls: { readonly key: string; readonly cert: string }) {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let accepted = 0;
  const server = createServer(tls, (client) => {
    accepted += 1;
    const target = connect(Number(port), hostname);
    for (const [from, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(from);
      from.pipe(other);
      from
        .on('error', () => {})
        .on('close', () => {
          open.delete(from);
          other.destroy();
        });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    /** How many connections it has accepted. */
    accepted: () => accepted,
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
