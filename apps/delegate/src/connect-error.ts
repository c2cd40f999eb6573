/** What OpenSSL and Node call a certificate that they do not trust; others are of what the certificate says. */
const UNTRUSTED =
  /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_(UNTRUSTED|REJECTED|SIGNATURE_FAILURE|CHAIN_TOO_LONG)|INVALID_CA/;
/** A TLS handshake that failed before any certificate was judged (https://nodejs.org/api/errors.html#openssl-error-codes). */
const NO_TLS = /^(EPROTO|ERR_SSL_)/;

/** Why no connection came about, in words that a person can do something about. Node's own messages name host and port. */
export function describeConnectError(error: Error, now: Date = new Date()): string {
  const code = 'code' in error ? String(error.code) : '';
  const clock = `The clock of this host says ${now.toISOString()}.`;
  if (code === 'CERT_NOT_YET_VALID') {
    return `TLS: the certificate of Wardline is not valid yet. ${clock} If that is wrong, set it; else put a certificate in place that is valid now.`;
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return `TLS: the certificate of Wardline has expired. ${clock} If that is right, renew the certificate; else set the clock.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `TLS: the certificate is of another host (${error.message}). Put a name that it has into MANAGER_HOST_AND_PORT.`;
  }
  if (UNTRUSTED.test(code)) {
    return `TLS: the certificate of Wardline is not trusted (${code}). If it is your own, or of a proxy that opens TLS, put its CA into EXTRA_CA_FILES.`;
  }
  if (/CERT|CRL/.test(code)) return `TLS: the certificate of Wardline is not accepted (${code}: ${error.message}).`;
  if (NO_TLS.test(code)) {
    return `TLS: no secure connection came about (${code}). Check that MANAGER_HOST_AND_PORT begins with http:// where Wardline, or the proxy in front of it, speaks no TLS on that port.`;
  }
  const status = /^Unexpected server response: (\d+)$/.exec(error.message)?.[1];
  if (status === '407') {
    return 'The proxy that HTTPS_PROXY names asks for a login that it was not given, or does not accept (HTTP 407). Put it into the URL: http://USER:PASSWORD@HOST:PORT.';
  }
  if (status === '429' || status === '503') return `Wardline is busy or stopping (HTTP ${status}).`;
  if (status) {
    return `What answered is no Wardline that takes delegates (HTTP ${status}). Check MANAGER_HOST_AND_PORT, and that proxies in between pass WebSockets on.`;
  }
  return error.message || code || 'The connection failed.';
}
