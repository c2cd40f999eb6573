export { ownAuthority } from './own-authority.ts';
export { startTestProxy, type TestProxyOptions } from './test-proxy.ts';
export { tlsFront } from './tls-front.ts';
