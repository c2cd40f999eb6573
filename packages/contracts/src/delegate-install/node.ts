import { type DelegateInstall, delegateEnvironment, type InstallStep } from './install.ts';
import { shellWord } from './quoting.ts';

/** Fetches the one file from Wardline, and checks that it is the one that Wardline announced. */
export function fetchAgent({ managerUrl, caFile, noProxy, proxy, sha256 }: DelegateInstall): string[] {
  const url = `${managerUrl.replace(/\/+$/, '')}/api/delegates/delegate.mjs`;
  const options = [
    ...(caFile ? ['--cacert', shellWord(caFile)] : []),
    ...(proxy ? ['--proxy', shellWord(proxy)] : []),
    ...(noProxy ? ['--noproxy', shellWord(noProxy)] : []),
  ];
  return [
    ['curl -fsSLO', ...options, shellWord(url)].join(' '),
    ...(sha256 ? [`echo '${sha256}  delegate.mjs' | sha256sum -c -`] : []),
  ];
}

/** The agent as a process of Node on this host. The token is in the environment, not among the arguments that `ps` shows. */
export function installWithNode(install: DelegateInstall): InstallStep[] {
  const environment = [...delegateEnvironment(install), ['DELEGATE_TOKEN', install.token] as const];
  const text = [
    fetchAgent(install).join(' &&\n'),
    [...environment.map(([name, value]) => `${name}=${shellWord(value)}`), 'node delegate.mjs'].join(' \\\n  '),
  ];
  return [{ title: 'Fetch the agent and start it (Node 20.19 or newer)', text: `${text.join(' &&\n')}\n` }];
}
