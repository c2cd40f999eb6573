export { type EnvironmentAgentOptions, environmentAgents } from './environment-agent.ts';
export { type HttpProxy, proxyFor } from './proxy.ts';
export { ProxyConfigurationError, ProxyError } from './proxy-error.ts';
