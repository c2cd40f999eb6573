import { accessKeyConnectorBody } from '../server/requests.ts';

/** A connector as people have them; both of its credentials are the secret `bench_secret`. */
export function benchConnector(identifier = 'bench_connector') {
  return accessKeyConnectorBody({
    identifier,
    keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    region: 'eu-west-1',
    accessKeyRef: 'account.bench_secret',
    secretKeyRef: 'account.bench_secret',
    executeOnDelegate: false,
  });
}
