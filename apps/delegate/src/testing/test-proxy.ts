import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A real CONNECT proxy that notes what it was asked for. @param answers false for one that never answers. */
export async function startTestProxy(answers = true) {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  });
  server.on('connect', (request, client, head) => {
    asked.push(request.url ?? '');
    if (!answers) return void client.resume().on('end', () => client.destroy());
    const [host = '', port] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    /** Connections that are open now. */
    open: () => open.size,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
