import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { generate } from 'selfsigned';

/** A real server on loopback that stands where AWS should be. */
export interface StandIn {
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function listening(server: Server & { closeAllConnections(): void }, scheme: string): Promise<StandIn> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An HTTP server that answers as told, or not at all. */
export const standIn = (answer: RequestListener): Promise<StandIn> => listening(createServer(answer), 'http');

/** With a certificate that no authority signed, for one DNS name. */
export async function tlsStandIn(dnsName: string): Promise<StandIn & { certificate: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: dnsName }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: dnsName }] }],
  });
  const server = await listening(
    createTlsServer({ key, cert }, (_, response) => response.end()),
    'https',
  );
  return { ...server, certificate: cert };
}
