import type { HttpReply } from '../http/exchange.ts';
import type { StruckFaults } from './fault-control.ts';

/** What becomes of an answer on its way to the client. */
export type Delivery =
  | { readonly kind: 'whole'; readonly reply: HttpReply }
  | { readonly kind: 'cut'; readonly reply: HttpReply }
  | { readonly kind: 'reset-mid-body'; readonly reply: HttpReply }
  | { readonly kind: 'reset' }
  | { readonly kind: 'never' };

const PROXY_PAGE =
  '<!DOCTYPE html><html><head><title>Network sign-in</title></head><body>Please sign in.</body></html>';

const htmlPage = (status: number, headers: Record<string, string> = {}): HttpReply => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: PROXY_PAGE,
});

/** Does the request never reach the service at all? Then the service must not be asked: it could have effects. */
export function intercepted(faults: StruckFaults): Delivery | undefined {
  if (faults.has('hang')) return { kind: 'never' };
  if (faults.has('imds-off')) return { kind: 'reset' };
  if (faults.find('reset')?.when === 'before-answer') return { kind: 'reset' };
  const page = faults.find('html-body');
  if (page) return { kind: 'whole', reply: htmlPage(page.status) };
  if (faults.has('proxy-authentication')) {
    return { kind: 'whole', reply: htmlPage(407, { 'proxy-authenticate': 'Basic realm="proxy"' }) };
  }
  return undefined;
}

/** The service's answer, whole or damaged on the way back. */
export function deliver(reply: HttpReply, faults: StruckFaults): Delivery {
  if (faults.has('reset')) return { kind: 'reset-mid-body', reply };
  return { kind: faults.has('truncated-body') ? 'cut' : 'whole', reply };
}
