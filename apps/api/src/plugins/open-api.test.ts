import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredRoutes } from '../test-support/registered-routes.ts';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';

interface Operation {
  readonly tags?: string[];
  readonly summary?: string;
  readonly description?: string;
  readonly security?: object[];
  readonly 'x-wardline-permission'?: string[];
  readonly parameters?: { name: string; in: string; required?: boolean }[];
  readonly responses: Record<string, { description?: string; content?: Record<string, { schema: unknown }> }>;
}

interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, unknown>; securitySchemes: Record<string, { name: string }> };
  readonly security: Record<string, []>[];
}

let testApp: TestApp;
let document: Document;

beforeAll(async () => {
  testApp = await startTestApp('sqlite');
  document = (await testApp.call<Document>('GET', '/api/openapi.json')).body;
});
afterAll(() => testApp.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
  );

/** The console's files, the socket of delegates, and the description itself. */
const NOT_API = / (\*|\/assets\/\*|\/api\/docs.*|\/api\/delegates\/connect|\/api\/openapi\.json)$/;

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 with this version of Wardline', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: 'Wardline', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  it('has every route of the API, and no other', () => {
    const documented = operations().map(({ name }) => name);
    const registered = registeredRoutes(testApp).map((name) => name.replace(/:(\w+)/g, '{$1}'));
    const api = registered.filter((name) => !NOT_API.test(name));
    const distinct = new Set(api.map((name) => name.replace(/\/$/, '')));
    expect(documented.sort()).toEqual([...distinct].sort());
  });

  it('says of every operation what it is for and what it answers, errors included', () => {
    for (const { name, operation } of operations()) {
      expect(operation.summary, name).toEqual(expect.any(String));
      expect(operation.tags, name).toHaveLength(1);
      // Browsers are at the routes of single sign-on, which only lead on.
      const success = name.includes('/api/auth/sso/') ? '302' : '200';
      expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining([success, '400', '500']));
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status === '302') continue;
        expect(response.content, `${name} ${status}`).toBeDefined();
      }
    }
  });

  it('says of every operation what it takes to call it, and of the server how to prove who one is', () => {
    const { security, components } = document;
    expect(security).toEqual([{ apiKey: [] }, { session: [] }]);
    expect(components.securitySchemes).toMatchObject({
      apiKey: { in: 'header', name: 'x-api-key' },
      session: { in: 'cookie', name: 'wardline.session_token' },
    });
    for (const { name, operation } of operations()) {
      const permissions = operation['x-wardline-permission'];
      expect(permissions, name).toBeInstanceOf(Array);
      for (const permission of permissions ?? []) expect(operation.description, name).toContain(`\`${permission}\``);
    }
    const connectors = document.paths['/ng/api/connectors'];
    expect(connectors?.post?.['x-wardline-permission']).toEqual(['core_connector_edit']);
    expect(connectors?.post?.security).toBeUndefined();
    expect(document.paths['/health']?.get?.security).toEqual([]);
  });

  it('names every parameter that a path holds', () => {
    for (const { name, path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const documented = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(documented.map((one) => one.name).sort(), name).toEqual(inPath.sort());
      expect(
        documented.every((one) => one.required),
        name,
      ).toBe(true);
    }
  });

  it('refers only to schemas that it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, schema] of references) expect(document.components.schemas).toHaveProperty(schema ?? '');
  });

  it('documents the stream of a connection test beside its JSON', () => {
    const test = document.paths['/ng/api/connectors/testConnection/{identifier}']?.post;
    expect(Object.keys(test?.responses['200']?.content ?? {})).toEqual(['application/json', 'text/event-stream']);
  });

  it('can be browsed, with nothing loaded from elsewhere', async () => {
    const page = await testApp.inject({ url: '/api/docs' });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });
});
