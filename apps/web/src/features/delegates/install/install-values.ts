import { type DelegateInstall, delegateInstallSchema } from '@wardline/contracts';

/** What stands where the token goes as long as none is chosen. */
const TOKEN_PLACEHOLDER = '<value of a delegate token>';

/** What one enters, as text. */
export interface InstallValues {
  readonly name: string;
  readonly tags: readonly string[];
  readonly managerUrl: string;
  readonly replicas: number;
  readonly image: string;
  readonly caFile: string;
  readonly proxy: string;
  readonly noProxy: string;
}

/** What the server says of itself. */
export interface ServerFacts {
  readonly accountId: string;
  readonly version: string;
  /** SHA-256 of the agent; undefined where it is not known. */
  readonly sha256: string | undefined;
}

export type InstallField = keyof InstallValues;

export type CheckedInstall =
  | { readonly kind: 'valid'; readonly install: DelegateInstall }
  | { readonly kind: 'wrong'; readonly errors: Partial<Record<InstallField, string>> };

/** Checks what was entered, with the token or the words in its place. */
export function checkInstall(values: InstallValues, facts: ServerFacts, token: string | undefined): CheckedInstall {
  const parsed = delegateInstallSchema.safeParse({
    ...values,
    ...facts,
    token: token ?? TOKEN_PLACEHOLDER,
    caFile: values.caFile.trim() || undefined,
    proxy: values.proxy.trim() || undefined,
    noProxy: values.noProxy.trim() || undefined,
  });
  if (parsed.success) return { kind: 'valid', install: parsed.data };
  const errors = parsed.error.issues.toReversed().map(({ path, message }) => [String(path[0] ?? ''), message]);
  return { kind: 'wrong', errors: Object.fromEntries(errors) };
}

/** Whether an address leads to the host itself, which means another one from elsewhere and from inside a container. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
