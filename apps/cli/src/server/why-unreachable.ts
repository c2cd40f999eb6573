import { ProxyError } from '@wardline/http-agent';
import { reasonOf } from '../exit-code.ts';

/** What OpenSSL and Node call a certificate that they do not trust. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_(UNTRUSTED|REJECTED|SIGNATURE_FAILURE)|INVALID_CA/;

/** Why a server gave no answer, and what helps, by Node's code of the error (nodejs.org/api/errors.html#common-system-errors). */
export function whyUnreachable(error: unknown): string {
  if (error instanceof ProxyError) return error.message;
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  const reason = reasonOf(error).trim();
  const advice = adviceFor(code, reason);
  return advice === undefined ? reason : `${advice} (${code})`;
}

function adviceFor(code: string, reason: string): string | undefined {
  if (code === 'ECONNREFUSED') return 'nothing listens there. Start the server, or check the port';
  if (/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/.test(code)) {
    return 'the name of its host has no address here. Check it, and the network; behind a proxy, set HTTPS_PROXY';
  }
  if (UNTRUSTED.test(code)) {
    return 'its certificate is not trusted. If it is of your own authority, or of a proxy that opens TLS, set NODE_EXTRA_CA_CERTS to the file with the certificate of that';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${reason} Write the address that the certificate has`;
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired, or the clock of this machine is wrong';
  if (code === 'CERT_NOT_YET_VALID') return 'its certificate is not valid yet, or the clock of this machine is wrong';
  if (/^(EPROTO|ERR_SSL_)/.test(code)) {
    return 'no secure connection came about. Where the server speaks no TLS on that port, write http://';
  }
  return undefined;
}
