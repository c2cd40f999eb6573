import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../exit-code.ts';
import { refuseExisting, writePrivately } from '../files/write-privately.ts';
import { resolveReferences } from '../resolve/resolve-references.ts';
import { scopeOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { readGiven } from '../terminal/read-given.ts';
import { fillTemplate, parseTemplate, referencesOf } from './parse-template.ts';

const MAX_MIB = 16;

const HELP = `
The place of a value is written {{ secret "account.id" }}, or as the ecosystem writes it: <+secrets.getValue("account.id")>.
Behind a bar stands a form: {{ secret "account.id" | json }} is a JSON string with its quotes; base64 and url are the others.
All other text stays as it is, also the {{ … }} of other templates. Where a reference leads to no value, every such reference is
named and nothing is written.

JSON, with --out: { out, references: [ … ] }

Examples:
  wardline render config.yaml.tmpl --out config.yaml
  wardline render - < secret.yaml.tmpl | kubectl apply -f -`;

interface RenderOptions extends ServerOptions {
  readonly out?: string;
  readonly force?: true;
}

/** `wardline render`. */
export function renderCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('render')
    .description('Put values in the places of a template.')
    .argument('<template>', 'file; “-” is the standard input')
    .option('--out <path>', 'file to write, readable by you alone; else the standard output')
    .option('--force', 'replace the file if there is one');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (template: string, options: RenderOptions) => {
      if (options.json && options.out === undefined) {
        throw usageError('--json says what was written into a file: add --out.');
      }
      if (options.out !== undefined && !options.force) refuseExisting(options.out);
      const tooLong = `A template has at most ${MAX_MIB} MiB.`;
      const given = await readGiven({ file: template, question: '', maxBytes: MAX_MIB * 1024 * 1024, tooLong });
      const pieces = parseTemplate(asText(given), template === '-' ? 'The template' : template);
      const references = [...new Set(referencesOf(pieces))];
      const scope = scopeOf(options);
      const values =
        references.length > 0
          ? await resolveReferences(readConnection(options, env), scope, references)
          : new Map<string, never>();
      const text = fillTemplate(pieces, values);
      if (options.out === undefined) terminal.out(text);
      else await writePrivately(options.out, options.force === true, async (file) => void (await file.writeFile(text)));
      if (options.json) terminal.out(`${JSON.stringify({ out: options.out, references })}\n`);
    });
}

function asText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw usageError('The template is no text in UTF-8.');
  }
}
