import { secretBody } from '../server/requests.ts';
import { withServer } from '../server/with-server.ts';
import { awsEndpoints, createKmsManager, KMS_MANAGER, withSimulator } from './kms-manager.ts';
import { measureLoad } from './load.ts';
import type { Measurement } from './measurement.ts';

const CONNECTIONS = 32;

/** A text secret under a manager. */
export function secretIn(manager: string, identifier: string, value: string) {
  const { secret } = secretBody(identifier, value);
  return { secret: { ...secret, spec: { ...secret.spec, secretManagerIdentifier: manager } } };
}

/**
 * How many text secrets are created in a second, each durable with its audit event before it is acknowledged: in the
 * built-in manager, and in one whose key is in AWS KMS.
 */
export function measureSecretWrites(): Promise<Measurement[]> {
  return withSimulator((simulator) =>
    withServer({ env: awsEndpoints(simulator) }, async ({ url }) => {
      await createKmsManager(url, simulator);
      const line = (name: string, manager: string) =>
        measureLoad({
          name: `text secrets created, ${name}`,
          url,
          method: 'POST',
          path: '/ng/api/v2/secrets',
          connections: CONNECTIONS,
          body: (n) => secretIn(manager, `${manager}_${n}`, `value ${n}`),
        });
      return [await line('built-in manager', 'harnessSecretManager'), await line('AWS KMS (simulator)', KMS_MANAGER)];
    }),
  );
}
