import { responseOf, type SecretResponse, secretResponseSchema } from '@wardline/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import type { Address } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import type { Connection } from '../server/connection.ts';
import { isRefusal } from '../server/refusal.ts';

/** What a person says about a secret besides its value. What is not said stays as it is. */
export interface MetadataOptions {
  readonly name?: string;
  readonly description?: string;
  readonly manager?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly untag?: readonly string[];
}

/** Adds the options for what a secret is called and where it is kept. */
export function withMetadata(command: Command): Command {
  return command
    .option('--manager <reference>', 'secret manager of a new secret; else the default of its scope')
    .option('--name <name>', 'name; a new secret is called like its ID')
    .option('--description <text>', 'description')
    .option('--tag <key=value>', 'set a tag; can be repeated', addTag)
    .option('--untag <key>', 'take a tag away; can be repeated', (key, before: readonly string[] = []) => [
      ...before,
      key,
    ]);
}

function addTag(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, key, value = ''] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
  if (key === undefined) throw new InvalidArgumentError('Write KEY=VALUE, or KEY.');
  return { ...before, [key]: value };
}

const one = responseOf(secretResponseSchema);

/** The secret that stands there; undefined where there is none. @throws CommandError as {@link ask}. */
export async function findSecret(connection: Connection, address: Address): Promise<SecretResponse | undefined> {
  const path = `/ng/api/v2/secrets/${encodeURIComponent(address.identifier)}`;
  try {
    return (await ask(connection, { method: 'GET', path, query: { ...address.scope } }, one)).data;
  } catch (error) {
    if (isRefusal(error, 'RESOURCE_NOT_FOUND_EXCEPTION', 'ENTITY_NOT_FOUND')) return undefined;
    throw error;
  }
}

/** Everything about a secret but its type and value, as the API takes it. */
export function describedSecret(address: Address, options: MetadataOptions, present: SecretResponse | undefined) {
  const tags = { ...present?.secret.tags, ...options.tag };
  for (const key of options.untag ?? []) delete tags[key];
  // Without one, the server takes the default of the scope.
  const manager = options.manager ?? present?.secret.spec.secretManagerIdentifier;
  const { identifier, scope } = address;
  return {
    secret: {
      identifier,
      ...scope,
      name: options.name ?? present?.secret.name ?? identifier,
      description: options.description ?? present?.secret.description ?? '',
      tags,
    },
    manager: manager === undefined ? {} : { secretManagerIdentifier: manager },
  };
}

/** The header with which a change is refused when somebody else made one since the secret was read. */
export function unchangedSince(present: SecretResponse | undefined): Record<string, string> {
  return present ? { 'if-match': String(present.updatedAt) } : {};
}
