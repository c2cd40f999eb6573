import type { SimulatorSeed } from '@wardline/contracts';
import { type Call, mustSucceed } from '../server/api-client.ts';
import { seeded } from '../server/requests.ts';

/** The ARN of a key of the simulator. */
export async function keyNamed(call: Call, name: string): Promise<string> {
  const seed = await mustSucceed<SimulatorSeed>(call, 'GET', '/api/simulator');
  return seeded(seed.keys, name).arn;
}

/** A connector to the working key of the simulator, by the identity of the delegate inside the server. */
export async function givenManager(call: Call, identifier: string): Promise<void> {
  const arn = await keyNamed(call, 'working');
  await mustSucceed(call, 'POST', '/ng/api/connectors', {
    connector: {
      type: 'AwsKms',
      name: identifier,
      identifier,
      spec: {
        credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['embedded'] } },
        kmsArnInPlainText: arn,
        region: arn.split(':')[3],
        executeOnDelegate: true,
      },
    },
  });
}
