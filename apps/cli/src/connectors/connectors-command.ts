import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { listConnectorsCommand } from './list-connectors.ts';
import { switchConnectorCommand } from './switch-connector.ts';
import { testConnectorCommand } from './test-connector.ts';

/** `wardline connectors …`. */
export function connectorsCommand(context: CommandContext): Command {
  return new Command('connectors')
    .description('AWS KMS keys as secret managers.')
    .addCommand(listConnectorsCommand(context))
    .addCommand(testConnectorCommand(context))
    .addCommand(switchConnectorCommand('disable', context))
    .addCommand(switchConnectorCommand('enable', context));
}
