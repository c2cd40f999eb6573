import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { givenSecret, secret } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { readSecretValues } from './read-secret-values.ts';
import { updateSecret } from './update-secret.ts';

/** What happens between the encryption of a value and the transaction that stores it. */
describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
  });
  afterAll(() => app.close());

  const currentValue = async (id: string) => {
    const fields = [{ field: 'connector.spec.kmsArn', reference: id }];
    return (await readSecretValues(app.deps, { place: {}, identifier: 'asking' }, fields)).get(id);
  };
  const valuesOf = async (id: string) => {
    const rows = await app.database.db
      .selectFrom('secret_values')
      .innerJoin('secrets', 'secrets.id', 'secret_values.secret_id')
      .select('secret_values.id')
      .where('identifier', '=', id)
      .execute();
    return rows.length;
  };
  const change = (id: string, value: string) => app.call('PUT', `/ng/api/v2/secrets/${id}`, secret(id, value));

  /** Stores a value, with something else happening once it is encrypted. */
  function store(id: string, value: string, meanwhile: () => Promise<unknown>) {
    const { storage } = app.deps;
    const change: typeof storage.change = async (actor, work) => {
      await meanwhile();
      return storage.change(actor, work);
    };
    const input = {
      type: 'SecretText' as const,
      name: id,
      identifier: id,
      orgIdentifier: undefined,
      projectIdentifier: undefined,
      tags: {},
      description: '',
      spec: { secretManagerIdentifier: 'harnessSecretManager', valueType: 'Inline' as const, value },
    };
    // The built-in manager asks for neither a right nor a data key.
    const unused = () => Promise.reject(new Error('The built-in manager was asked for a data key.'));
    const deps = {
      ...app.deps,
      storage: { ...storage, change },
      dataKeys: { forSealing: unused, proveNewValue: unused },
    };
    const writer = { actor: systemActor('test'), access: { require() {} } };
    return updateSecret(deps, writer, { place: {}, identifier: id }, input);
  }

  it.each([
    ['another value', (id: string) => change(id, 'theirs'), 'theirs'],
    ['another description', (id: string) => change(id, ''), 'value of described'],
  ])('refuses a value that was encrypted before %s was stored', async (what, meanwhile, stays) => {
    const id = what === 'another value' ? 'valued' : 'described';
    await givenSecret(app, id);
    await expect(store(id, 'mine', () => meanwhile(id))).rejects.toMatchObject({
      code: 'OPTIMISTIC_LOCKING_EXCEPTION',
    });
    expect(await currentValue(id)).toBe(stays);
  });

  it('refuses a value for a secret that was deleted and made anew', async () => {
    await givenSecret(app, 'remade');
    const meanwhile = async () => {
      await app.call('DELETE', '/ng/api/v2/secrets/remade');
      await givenSecret(app, 'remade');
    };
    await expect(store('remade', 'mine', meanwhile)).rejects.toMatchObject({ code: 'OPTIMISTIC_LOCKING_EXCEPTION' });
    expect(await currentValue('remade')).toBe('value of remade');
  });

  it('refuses a value that was encrypted before a rewrap moved the secret to another manager', async () => {
    await givenSecret(app, 'moved');
    const meanwhile = () =>
      app.deps.storage.unrecorded(async ({ secrets }) => {
        const secret = await secrets.findForChange({ place: {}, identifier: 'moved' });
        if (secret) await secrets.setManager(secret, 'account.other');
      });
    await expect(store('moved', 'mine', meanwhile)).rejects.toMatchObject({ code: 'OPTIMISTIC_LOCKING_EXCEPTION' });
    expect(await valuesOf('moved')).toBe(1);
  });

  it('leaves nothing of a value whose process ended before it was committed', async () => {
    await givenSecret(app, 'crashed');
    const ended = () => Promise.reject(new Error('the process ended'));
    await expect(store('crashed', 'mine', ended)).rejects.toThrow('the process ended');
    expect(await currentValue('crashed')).toBe('value of crashed');
    expect(await valuesOf('crashed')).toBe(1);
  });
});
