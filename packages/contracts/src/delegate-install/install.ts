import { z } from 'zod';
import { selectorSchema } from '../selectors.ts';

/** What a delegate may be called: also the name of its Deployment in Kubernetes (RFC 1123, section 2.1). */
export const delegateNameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(63, 'A name has at most 63 characters.')
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'Use lower-case letters, digits and -, with a letter or digit at both ends.',
  );

// A line break or a control character has no place in any of these, and none of the syntaxes agree on what it means.
const oneLine = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'Contains a control character.');

const httpUrl = oneLine.refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
  error: 'Enter an address that begins with https:// or http://',
});

/** What is to be filled into the ways to install a delegate. */
export const delegateInstallSchema = z.object({
  /** Where the delegate reaches Wardline. */
  managerUrl: httpUrl,
  accountId: oneLine.min(1),
  /** The value of a delegate token, or words in its place. */
  token: oneLine.min(1, 'Choose a token.'),
  name: delegateNameSchema,
  tags: z.array(selectorSchema).max(64, 'A delegate has at most 64 tags.'),
  replicas: z.int('Enter a whole number.').min(1, 'At least one.').max(100, 'At most 100.'),
  /** What the image is called that is built from the Dockerfile. */
  image: oneLine.regex(
    /^[\w<][\w.<>-]*(:\d+)?(\/[\w.<>-]+)*(:[\w.-]+)?$/,
    'Enter the name of an image, such as registry/name:tag.',
  ),
  /** The version of the agent, which is the server's. */
  version: oneLine,
  /** hex of the SHA-256 of the agent's file; absent where it is not known, then it is not checked. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** A file on the host with the certificates of an own authority, in PEM. */
  caFile: oneLine.min(1).optional(),
  /** The proxy towards Wardline and AWS. */
  proxy: httpUrl.optional(),
  /** Hosts that are reached without the proxy, as `NO_PROXY` lists them. */
  noProxy: oneLine.min(1).optional(),
});
export type DelegateInstall = Readonly<z.infer<typeof delegateInstallSchema>>;

/** A document to save, or commands to run. */
export interface InstallStep {
  readonly title: string;
  readonly text: string;
  /** What to save it as; absent for commands. */
  readonly fileName?: string;
}

/** What the agent reads from its environment, in the order that people look for it. */
export function delegateEnvironment(
  install: DelegateInstall,
  caPath = install.caFile,
): readonly (readonly [name: string, value: string])[] {
  return [
    ['ACCOUNT_ID', install.accountId],
    ['MANAGER_HOST_AND_PORT', install.managerUrl],
    ['DELEGATE_NAME', install.name],
    ['DELEGATE_TAGS', install.tags.join(',')],
    ...(install.proxy ? ([['HTTPS_PROXY', install.proxy]] as const) : []),
    ...(install.noProxy ? ([['NO_PROXY', install.noProxy]] as const) : []),
    ...(caPath ? ([['EXTRA_CA_FILES', caPath]] as const) : []),
  ];
}

/** Where the file of an own authority lies in a container. */
export const CONTAINER_CA = '/etc/wardline/ca.pem';

/** Who the agent is in a container: the user "nonroot" of the distroless images. */
export const NONROOT = 65_532;

/** Where the agent says how it does. */
export const HEALTH_PORT = 3460;
