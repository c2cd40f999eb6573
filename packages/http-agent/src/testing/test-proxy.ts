import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface TestProxyOptions {
  /** False for one that never answers. */
  readonly answers?: boolean;
  /** Who may use it, as `user:password`; without it everyone. */
  readonly login?: string;
  /** What it says to everyone in place of doing it. */
  readonly refusesWith?: number;
  /** It speaks TLS itself. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A real proxy, which makes tunnels (CONNECT) and passes plain HTTP on, and notes what it was asked for. */
export async function startTestProxy({ answers = true, login, refusesWith, tls }: TestProxyOptions = {}) {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const refusal = ({ headers }: IncomingMessage): number | undefined => {
    const isIn = headers['proxy-authorization'] === `Basic ${Buffer.from(login ?? '').toString('base64')}`;
    return login !== undefined && !isIn ? 407 : refusesWith;
  };
  const server = tls ? createTlsServer(tls) : createServer();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    asked.push(request.url ?? '');
    client.on('error', () => {});
    if (!answers) return void client.resume().on('end', () => client.destroy());
    const status = refusal(request);
    if (status) return void client.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${request.url}`);
    if (!answers) return;
    const status = refusal(request);
    if (status) return void response.writeHead(status).end('<html>refused</html>');
    const { 'proxy-authorization': _login, ...headers } = request.headers;
    const target = httpRequest(request.url ?? '', { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    target.on('error', () => response.destroy());
    request.pipe(target);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    asked,
    /** Connections that are open now. */
    open: () => open.size,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
