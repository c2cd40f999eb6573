import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../access/principal.ts';
import { givenSecret } from '../../test-support/fixtures.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { openFile } from './open-file.ts';
import { type FileWorld, startFileWorld } from './testing/file-world.ts';
import { file, spec } from './testing/form.ts';

const content = randomBytes(700_000);

describeEachEngine((engine) => {
  let world: FileWorld;
  beforeAll(async () => {
    world = await startFileWorld(engine);
  });
  afterAll(() => world.close());

  describe('a download', () => {
    it('says its length and name, and is neither shown nor kept by a browser', async () => {
      await world.create(spec('named', { name: 'Zertifikat für prod/eu-1.pem' }), file(content));
      const answer = await world.download('named');
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-length': '700000',
        'content-disposition':
          'attachment; filename="Zertifikat f?r prod_eu-1.pem"; filename*=UTF-8\'\'Zertifikat%20f%C3%BCr%20prod_eu-1.pem',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    });

    it('of a version that is removed at the same time is one of a version that there is not', async () => {
      await world.create(spec('vanishing'), file(content));
      const { storage } = world.app.deps;
      const secretValues = { ...storage.secretValues, find: async () => undefined };
      const forOpening = () => Promise.reject(new Error('Nothing was found that a key could open.'));
      const deps = { ...world.app.deps, dataKeys: { forOpening }, storage: { ...storage, secretValues } };
      const address = { place: {}, identifier: 'vanishing' };
      const opened = openFile(deps, { actor: systemActor('test') }, address, 1);
      await expect(opened).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND_EXCEPTION' });
    });

    it('is on record before its first byte, with the version', async () => {
      await world.create(spec('recorded'), file(content));
      const answer = await world.download('recorded');
      expect(await world.lastEvent()).toMatchObject({
        action: 'READ_VALUE',
        outcome: 'SUCCESS',
        resource: { type: 'SECRET', identifier: 'recorded' },
        details: { version: 1, bytes: 700_000 },
      });
      await answer.arrayBuffer();
    });

    it('is read from the database as it is taken, two frames ahead', async () => {
      await world.create(spec('taken_slowly'), file(randomBytes(3_000_000)));
      const { storage, ...deps } = world.app.deps;
      let chunks = 0;
      const chunk = (bodyId: string, seq: number) => {
        chunks += 1;
        return storage.fileBodies.chunk(bodyId, seq);
      };
      const noKey = () => Promise.reject(new Error('The built-in manager was asked for a data key.'));
      const watched = { ...storage, fileBodies: { ...storage.fileBodies, chunk } };
      const opened = await openFile(
        { ...deps, storage: watched, dataKeys: { forOpening: noKey } },
        { actor: systemActor('test') },
        { place: {}, identifier: 'taken_slowly' },
      );
      expect(chunks).toBe(1);
      for (let frame = 0; frame < 4; frame += 1) await opened.content.next();
      expect(chunks).toBe(2);
      await opened.content.return();
    });

    it('of a text, of a secret that there is not and of a version that there is not is refused', async () => {
      await givenSecret(world.app, 'a_text');
      const text = await world.download('a_text');
      expect([text.status, ((await text.json()) as { message: string }).message]).toEqual([
        400,
        'The secret “a_text” is a text, not a file.',
      ]);
      const missing = await world.download('nothing');
      expect([missing.status, await missing.json()]).toMatchObject([400, { code: 'RESOURCE_NOT_FOUND_EXCEPTION' }]);
      expect((await world.download('named', 'version=0')).status).toBe(400);
    });

    it('is not begun by a HEAD, which would be on record as a reading', async () => {
      const { status } = await fetch(`${world.url}/api/secrets/files/named`, {
        method: 'HEAD',
        headers: world.asAdmin,
      });
      expect(status).toBe(404);
    });
  });

  describe('a file that was changed in the database', () => {
    /** Stores a file and damages it. @returns the id of its body. */
    async function damaged(id: string, damage: (bodyId: string, last: number) => Promise<unknown>): Promise<void> {
      await world.create(spec(id), file(content));
      const { body_id } = await world.valueOf(id);
      const chunks = await world.db
        .selectFrom('file_chunks')
        .select('seq')
        .where('body_id', '=', body_id ?? '')
        .execute();
      await damage(body_id ?? '', chunks.length - 1);
    }

    /** @param at from the start of the chunk; the last byte of it unless given. */
    async function flip(bodyId: string, seq: number, at?: number): Promise<void> {
      const bytes = await world.app.deps.storage.fileBodies.chunk(bodyId, seq);
      if (!bytes) throw new Error(`there is no chunk ${seq}`);
      const position = at ?? bytes.length - 1;
      bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
      await world.db.deleteFrom('file_chunks').where('body_id', '=', bodyId).where('seq', '=', seq).execute();
      await world.app.deps.storage.fileBodies.append(bodyId, seq, bytes);
    }

    const remove = (bodyId: string, seq: number) =>
      world.db.deleteFrom('file_chunks').where('body_id', '=', bodyId).where('seq', '=', seq).execute();

    const sayLength = (bodyId: string, bytes: number) =>
      world.db.updateTable('secret_values').set({ byte_length: bytes }).where('body_id', '=', bodyId).execute();

    it.each<[string, (bodyId: string, last: number) => Promise<unknown>]>([
      ['in its first frame', (body) => flip(body, 0, 100)],
      ['without its first chunk', (body) => remove(body, 0)],
    ])('%s is refused as such, and not on record as read', async (what, damage) => {
      const id = `refused_${what.length}`;
      await damaged(id, damage);
      const answer = await world.download(id);
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'SECRET_MANAGEMENT_ERROR' }]);
      expect(await world.lastEvent()).toMatchObject({ action: 'CREATE' });
    });

    it.each<[string, (bodyId: string, last: number) => Promise<unknown>]>([
      ['in its middle', (body) => flip(body, 1)],
      ['in its last frame', (body, last) => flip(body, last)],
      ['without its last chunk', (body, last) => remove(body, last)],
      ['in its length, which got less', (body) => sayLength(body, 65_536 * 6)],
      ['in its length, which got more', (body) => sayLength(body, 700_001)],
    ])('%s breaks off before the length that was promised', async (what, damage) => {
      const id = `broken_${what.length}`;
      await damaged(id, damage);
      const answer = await world.download(id);
      expect(answer.status).toBe(200);
      await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
    });

    it('or copied onto another secret is refused', async () => {
      await world.create(spec('origin'), file('of the origin'));
      await world.create(spec('target'), file('of the target'));
      const [origin, target] = [await world.valueOf('origin'), await world.valueOf('target')];
      const { body_id, message } = origin;
      await world.db.updateTable('secret_values').set({ body_id, message }).where('id', '=', target.id).execute();
      const answer = await world.download('target');
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'SECRET_MANAGEMENT_ERROR' }]);
    });
  });
});
