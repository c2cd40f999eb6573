import { strict as assert } from 'node:assert';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { secretBody } from '../server/requests.ts';
import { onStage, type Scenario } from './scenarios.ts';

/** The data key of what is stored comes from the KMS that only the delegate reaches; what it is good for needs neither. */
export const makesDataKeys: Scenario = (url) =>
  onStage(url, 0, async (stage) => {
    const call = apiClient(url);
    const store = async (name: string) => {
      const { secret } = secretBody(`${stage.identifier}_${name}`, 'kept under a data key');
      const spec = { ...secret.spec, secretManagerIdentifier: stage.identifier };
      return call('POST', '/ng/api/v2/secrets', { secret: { ...secret, spec } });
    };
    const early = await store('early');
    assert.equal(early.status, 400);
    assert.match(JSON.stringify(early.body), /DELEGATE_NOT_AVAILABLE/);
    assert.equal(stage.simulator.requests.of('kms'), 0);

    const delegate = await stage.delegate('has-the-key');
    // Its absence is remembered for a moment.
    await new Promise((resolve) => setTimeout(resolve, 2100));
    assert.equal((await store('first')).status, 200);
    delegate.signal('SIGKILL');
    await delegate.ended;
    assert.equal((await store('second')).status, 200);
    assert.equal(stage.simulator.requests.of('kms', 'GenerateDataKey'), 1);
    assert.equal(stage.simulator.requests.of('kms', 'Decrypt'), 1);
    await mustSucceed(call, 'GET', `/ng/api/v2/secrets/${stage.identifier}_second`);
  });
