import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { FILE_MAX_BYTES } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { givenSecret, scopeQuery } from '../../test-support/fixtures.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { storedChunks } from './stored-chunks.ts';
import { type FileWorld, startFileWorld } from './testing/file-world.ts';
import { file, form, type Part, spec } from './testing/form.ts';
import { openUpload, until } from './testing/open-upload.ts';

const KIB = 1024;

describeEachEngine((engine) => {
  let world: FileWorld;
  beforeAll(async () => {
    world = await startFileWorld(engine);
  });
  afterAll(() => world.close());

  const isRefused = (fieldId: string) => ({
    status: 400,
    body: { status: 'FAILURE', code: 'INVALID_REQUEST', errors: [{ fieldId }] },
  });
  const begin = (identifier: string) => openUpload(`${world.url}/ng/api/v2/secrets/files`, 'POST', [spec(identifier)]);
  const exists = async (identifier: string) =>
    (await world.app.call('GET', `/ng/api/v2/secrets/${identifier}`)).status === 200;

  describe('a file', () => {
    it.each([1, 64 * KIB, 64 * KIB + 1, 700 * KIB, FILE_MAX_BYTES])(
      'of %i bytes comes back as it was',
      async (size) => {
        const content = randomBytes(size);
        const id = `sized_${size}`;
        const created = await world.create(spec(id), file(content));
        expect(created).toMatchObject({
          status: 200,
          body: {
            data: {
              secret: { type: 'SecretFile', identifier: id, spec: { type: 'SecretFileSpec' } },
              version: 1,
              byteLength: size,
            },
          },
        });
        expect((await world.contentOf(id)).equals(content)).toBe(true);
      },
    );

    it('comes back whichever part came first, also where the description is a file of its own', async () => {
      const described = { ...spec('first'), filename: 'spec.json', type: 'application/json' };
      expect((await world.create(file('content'), spec('last'))).status).toBe(200);
      expect((await world.create(file('content'), described)).status).toBe(200);
      expect((await world.contentOf('last')).toString()).toBe('content');
      expect((await world.contentOf('first')).toString()).toBe('content');
    });

    it('is stored encrypted, in rows of at most 256 KiB', async () => {
      const content = Buffer.from('a line that would be found in the database\n'.repeat(20_000));
      await world.create(spec('encrypted'), file(content));
      const { body_id, message } = await world.valueOf('encrypted');
      const chunks: Buffer[] = [];
      for await (const chunk of storedChunks(world.app.deps.storage, body_id ?? '')) chunks.push(chunk);
      expect(chunks.length).toBeGreaterThan(3);
      expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(256 * KIB);
      const stored = Buffer.concat([Buffer.from(message, 'base64'), ...chunks]);
      expect(stored.includes('would be found')).toBe(false);
    });

    it('is of the scope that query and description name', async () => {
      const place = { orgIdentifier: 'o1', projectIdentifier: 'p1' };
      expect((await world.createIn(scopeQuery(place), spec('scoped', place), file('of the project'))).status).toBe(200);
      expect(await exists('scoped')).toBe(false);
      expect((await world.contentOf('scoped', scopeQuery(place))).toString()).toBe('of the project');
      const elsewhere = await world.createIn(scopeQuery(place), spec('elsewhere'), file('content'));
      expect(elsewhere).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
      expect(elsewhere.body.message).toContain('secret.projectIdentifier: The query says “p1”, the body says none.');
    });

    it('is on record as created, without its content', async () => {
      await world.create(spec('on_record'), file('content-on-record'));
      const event = await world.lastEvent();
      expect(event).toMatchObject({ action: 'CREATE', resource: { type: 'SECRET', identifier: 'on_record' } });
      expect(JSON.stringify(event)).not.toContain('content-on-record');
    });

    it('goes with its secret', async () => {
      await world.create(spec('short_lived'), file(randomBytes(300 * KIB)));
      const { body_id } = await world.valueOf('short_lived');
      expect((await world.app.call('DELETE', '/ng/api/v2/secrets/short_lived')).status).toBe(200);
      expect(await world.bodies()).not.toContain(body_id);
    });
  });

  describe('a file without bytes', () => {
    it('is stored where its part was sent: whoever sends it means it', async () => {
      const created = await world.create(spec('empty'), file(''));
      expect(created).toMatchObject({ status: 200, body: { data: { byteLength: 0 } } });
      expect(await world.contentOf('empty')).toHaveLength(0);
    });

    it('is refused where no part was sent, since a forgotten file would be stored as an empty one', async () => {
      const asForm: Part = { name: 'file', content: '/path/of/the/client' };
      for (const parts of [[spec('absent')], [spec('absent'), asForm], [spec('absent'), file('', '')]]) {
        expect(await world.create(...parts)).toMatchObject(isRefused('file'));
      }
      expect(await exists('absent')).toBe(false);
    });
  });

  describe('what is refused leaves nothing behind', () => {
    let before: string[];
    beforeAll(async () => {
      await givenSecret(world.app, 'taken');
      before = await world.bodies();
    });
    afterEach(async () => {
      expect(await world.bodies()).toEqual(before);
    });

    const content = file(randomBytes(300 * KIB));
    it.each<[string, string, Part]>([
      ['a description that is no JSON', 'spec', { name: 'spec', content: '{"secret":' }],
      ['a line break that is not escaped', 'spec', { name: 'spec', content: '{"secret":{"name":"a\nb"}}' }],
      ['a quotation mark that is not escaped', 'spec', { name: 'spec', content: '{"secret":{"name":"a"b"}}' }],
      ['a description that is too long', 'spec', spec('long', { description: 'x'.repeat(65 * KIB) })],
      ['a text', 'secret.type', spec('text', { type: 'SecretText' as never })],
      [
        'a description without a name',
        'secret.name',
        { name: 'spec', content: '{"secret":{"type":"SecretFile","identifier":"a","spec":{}}}' },
      ],
      ['a field that there is not', 'secret', spec('more', { value: 'x' } as never)],
      ['another scope than the query says', 'secret.orgIdentifier', spec('other', { orgIdentifier: 'o1' })],
      ['a word of the paths of the API', 'secret.identifier', spec('rewraps')],
      [
        'a secret manager that there is not',
        'secret.spec.secretManagerIdentifier',
        spec('unmanaged', { spec: { secretManagerIdentifier: 'nothing' } }),
      ],
    ])('%s, before the file and after it', async (_, fieldId, described) => {
      expect(await world.create(described, content)).toMatchObject(isRefused(fieldId));
      expect(await world.create(content, described)).toMatchObject(isRefused(fieldId));
    });

    it('an ID that is taken, before the file and after it', async () => {
      for (const parts of [
        [spec('taken'), content],
        [content, spec('taken')],
      ]) {
        const refused = await world.create(...parts);
        expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
        expect(refused.body.message).toContain('already a secret with the ID “taken”');
      }
    });

    it('no description, two of them, two files, and a file by another name', async () => {
      expect(await world.create(content)).toMatchObject(isRefused('spec'));
      expect(await world.create(spec('a'), spec('a'), content)).toMatchObject(isRefused('spec'));
      expect(await world.create(content, content, spec('a'))).toMatchObject(isRefused('file'));
      const named = await world.create(spec('a'), { ...content, name: 'upload' });
      expect(named).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
      expect(named.body.message).toContain('neither spec nor file');
    });

    it('more parts than a file takes', async () => {
      const text = { name: 'more', content: 'text' };
      const refused = await world.create(spec('a'), ...Array.from({ length: 20 }, () => text), content);
      expect(refused).toMatchObject({ status: 400, body: { message: 'The form has too many parts.' } });
    });

    it('a body that is no form, or ends early', async () => {
      const { type, body } = form([spec('cut'), content]);
      for (const [sentAs, sent] of [
        ['application/json', '{}'],
        ['text/plain', 'text'],
        ['multipart/form-data', body],
        [type, body.subarray(0, 200 * KIB)],
        [type, body.subarray(0, 30)],
        [type, 'no form'],
        [type, ''],
      ] as const) {
        const headers = { 'content-type': sentAs };
        const refused = await world.send('POST', '', {
          headers,
          body: typeof sent === 'string' ? sent : new Uint8Array(sent),
        });
        expect(refused, sentAs).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
      }
      expect(await exists('cut')).toBe(false);
    });

    it('one byte more than a file may have', async () => {
      const tooMuch = file(Buffer.alloc(FILE_MAX_BYTES + 1));
      const refused = await world.create(spec('large'), tooMuch);
      expect(refused).toMatchObject(isRefused('file'));
      expect(refused.body.message).toBe('file: A file has at most 10 MiB (10,485,760 bytes). Nothing was stored.');
      expect(await world.create(tooMuch, spec('large'))).toMatchObject(isRefused('file'));
      expect(await exists('large')).toBe(false);
    });

    it('an upload that breaks off', async () => {
      const upload = begin('broken');
      upload.request.write(Buffer.alloc(1024 * KIB));
      await until(async () => (await world.bodies()).length > before.length);
      upload.request.destroy();
      await expect(upload.answer).rejects.toThrow('socket hang up');
      await until(async () => (await world.bodies()).length === before.length);
      expect(await exists('broken')).toBe(false);
    });
  });

  it('a file that is too large is refused while it still comes, and not read to its end', async () => {
    const { request, answer } = begin('endless');
    const closed = new Promise((resolve) => request.once('close', resolve));
    const sending = setInterval(() => request.write(Buffer.alloc(128 * KIB)), 10);
    const refused = await answer;
    expect(refused.statusCode).toBe(400);
    expect(JSON.parse(await text(refused))).toMatchObject({ errors: [{ fieldId: 'file' }] });
    // It would send for ever.
    await closed;
    clearInterval(sending);
  });

  it('a length that is too large is refused before anything is read', async () => {
    const { type, body } = form([spec('declared'), file(Buffer.alloc(11 * 1024 * KIB))]);
    const refused = await world.send('POST', '', { body: new Uint8Array(body), headers: { 'content-type': type } });
    expect(refused).toMatchObject(isRefused('file'));
  });
});
