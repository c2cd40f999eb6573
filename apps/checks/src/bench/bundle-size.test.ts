import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../repository-root.ts';
import { measureBundle } from './bundle-size.ts';
import { verdict } from './measurement.ts';

it('the built console loads within its budget', () => {
  expect(measureBundle().map((line) => ({ ...line, verdict: verdict(line) }))).toMatchObject([{ verdict: 'met' }]);
});

it('the built console carries no JSON Schema, of which it has no use', () => {
  const assets = join(repositoryRoot, 'apps/web/dist/assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const carrying = scripts.filter((name) => readFileSync(join(assets, name), 'utf8').includes('json-schema.org'));
  expect(carrying).toEqual([]);
});
