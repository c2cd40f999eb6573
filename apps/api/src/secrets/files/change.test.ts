import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { FILE_MAX_BYTES } from '@wardline/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenSecret } from '../../test-support/fixtures.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { type FileWorld, startFileWorld } from './testing/file-world.ts';
import { file, type Part, spec } from './testing/form.ts';
import { openUpload, until } from './testing/open-upload.ts';

/** What the ecosystem's client sends beside the file: the path that it has there. */
const path: Part = { name: 'file', content: '/home/someone/certificate.pem' };

describeEachEngine((engine) => {
  let world: FileWorld;
  beforeAll(async () => {
    world = await startFileWorld(engine);
  });
  afterAll(() => world.close());

  const given = async (id: string, content = `first content of ${id}`) => {
    expect((await world.create(spec(id), file(content))).status).toBe(200);
  };

  it('other content makes a version, and the one before stays readable', async () => {
    await given('changed');
    const changed = await world.change('changed', spec('changed', { description: 'new' }), file('second content'));
    expect(changed).toMatchObject({
      status: 200,
      body: { data: { version: 2, byteLength: 14, secret: { description: 'new' } } },
    });
    expect((await world.contentOf('changed')).toString()).toBe('second content');
    expect((await world.contentOf('changed', 'version=1')).toString()).toBe('first content of changed');
    expect(await world.lastEvent()).toMatchObject({ action: 'READ_VALUE', details: { version: 1 } });
    expect((await world.download('changed', 'version=3')).status).toBe(400);
  });

  it('of two parts called file, the one with a file name counts, whichever came first', async () => {
    await given('twice');
    for (const [n, parts] of [
      [path, file('content 0'), spec('twice')],
      [spec('twice'), file('content 1'), path],
    ].entries()) {
      expect((await world.change('twice', ...parts)).status).toBe(200);
      expect((await world.contentOf('twice')).toString()).toBe(`content ${n}`);
    }
  });

  it('without the part, the content stays and only the description changes, in a version that has the same value', async () => {
    await given('described');
    const before = await world.valueOf('described');
    const changed = await world.change('described', spec('described', { name: 'Another name' }));
    expect(changed).toMatchObject({ status: 200, body: { data: { version: 2, secret: { name: 'Another name' } } } });
    expect(await world.valueOf('described')).toEqual(before);
    expect((await world.contentOf('described')).toString()).toBe('first content of described');
  });

  it('a path alone is refused: the client meant an empty file, and keeping the old content would go unnoticed', async () => {
    await given('emptied');
    const refused = await world.change('emptied', spec('emptied'), path);
    expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', errors: [{ fieldId: 'file' }] } });
    expect((await world.contentOf('emptied')).toString()).toBe('first content of emptied');
    expect((await world.change('emptied', spec('emptied'), file(''))).status).toBe(200);
    expect(await world.contentOf('emptied')).toHaveLength(0);
  });

  it.each([
    ['another ID', 'secret.identifier', spec('another')],
    [
      'another secret manager',
      'secret.spec.secretManagerIdentifier',
      spec('fixed', { spec: { secretManagerIdentifier: 'x' } }),
    ],
    ['another scope', 'secret.orgIdentifier', spec('fixed', { orgIdentifier: 'o1' })],
    ['content that is too large', 'file', spec('fixed')],
  ])('%s is refused, and what was stored stays', async (what, fieldId, described) => {
    await world.create(spec('fixed'), file('fixed content'));
    const before = await world.bodies();
    const content = file(what.startsWith('content') ? Buffer.alloc(FILE_MAX_BYTES + 1) : randomBytes(300_000));
    for (const parts of [
      [described, content],
      [content, described],
    ]) {
      const refused = await world.change('fixed', ...parts);
      expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST', errors: [{ fieldId }] } });
    }
    expect(await world.bodies()).toEqual(before);
    expect((await world.contentOf('fixed')).toString()).toBe('fixed content');
  });

  it('a text does not become a file, nor a file a text, and what there is not is not changed', async () => {
    await givenSecret(world.app, 'a_text');
    const refused = { status: 400, body: { code: 'INVALID_REQUEST' } };
    expect(await world.change('a_text', spec('a_text'), file('content'))).toMatchObject(refused);
    expect(await world.change('nothing', spec('nothing'), file('content'))).toMatchObject(refused);
    await given('a_file');
    const { secret } = JSON.parse(String(spec('a_file').content));
    const asText = { ...secret, type: 'SecretText', spec: { ...secret.spec, valueType: 'Inline', value: 'x' } };
    expect(await world.app.call('PUT', '/ng/api/v2/secrets/a_file', { secret: asText })).toMatchObject(refused);
    expect((await world.contentOf('a_file')).toString()).toBe('first content of a_file');
  });

  it('of two uploads at once the one that is done first is saved, and the other is told that there was a change', async () => {
    await given('contested');
    const before = await world.bodies();
    const slow = openUpload(`${world.url}/ng/api/v2/secrets/files/contested`, 'PUT', [spec('contested')]);
    slow.request.write(randomBytes(500_000));
    await until(async () => (await world.bodies()).length > before.length);
    expect((await world.change('contested', spec('contested'), file('the quick one'))).status).toBe(200);
    const quick = await world.bodies();
    slow.finish();
    const answer = await slow.answer;
    expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([
      400,
      { code: 'OPTIMISTIC_LOCKING_EXCEPTION' },
    ]);
    expect((await world.contentOf('contested')).toString()).toBe('the quick one');
    // What was stored of the slow one is gone.
    expect(await world.bodies()).toHaveLength(quick.length - 1);
  });

  it('an upload that was made from an older state is refused before it is read', async () => {
    await given('stale');
    const headers = { 'if-match': '1' };
    const refused = await world.upload('PUT', '/stale', [spec('stale'), file('content')], headers);
    expect(refused).toMatchObject({ status: 400, body: { code: 'OPTIMISTIC_LOCKING_EXCEPTION' } });
  });

  it('versions beyond those that are kept go with their content', async () => {
    await given('pruned');
    const { body_id } = await world.valueOf('pruned');
    const { versionsKept } = world.app.deps.config.secrets;
    for (let n = 0; n < versionsKept; n += 1) await world.change('pruned', spec('pruned'), file(`content ${n}`));
    expect(await world.bodies()).not.toContain(body_id);
    expect((await world.contentOf('pruned')).toString()).toBe(`content ${versionsKept - 1}`);
  });
});
