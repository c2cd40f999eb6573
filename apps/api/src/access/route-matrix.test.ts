import { readFile, writeFile } from 'node:fs/promises';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '../db/scope-columns.ts';
import { ADMIN, givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { registeredRoutes } from '../test-support/registered-routes.ts';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import type { RouteAccess } from './route-access.ts';
import { ROUTE_SAMPLES, samplePath } from './route-samples.ts';

/**
 * Calls every route as everyone and compares who is let in with `route-matrix.md`, which is read by people: a route that
 * lets somebody else in than before, and a new route, shows in the diff of a change.
 */
const MATRIX = new URL('route-matrix.md', import.meta.url);
const REWRITE = 'UPDATE_MATRIX=1 npx vitest run --project node apps/api/src/access/route-matrix.test.ts';

const PLACES = {
  account: {},
  'own project': { orgIdentifier: 'own', projectIdentifier: 'own' },
  'foreign project': { orgIdentifier: 'foreign', projectIdentifier: 'foreign' },
} as const satisfies Record<string, Place>;

/** None of these is anyone. */
/** Something else each time, since many attempts with one cookie are answered with a delay. */
const nobodies = (attempt: number): readonly Proof[] => [
  {},
  { 'x-api-key': 'sat.default.nobody.0123456789abcdefghijklmnopqrstuvwxyz' },
  // As a browser sends it from the console's own pages.
  { cookie: `wardline.session_token=garbage${attempt}`, 'sec-fetch-site': 'same-origin' },
];

type Outcome = '401' | '403' | 'allowed';

/** A row of the matrix: the route, what it says it needs, and who is let in where. */
type Row = readonly [route: string, needs: string, nobody: string, ...roles: string[]];

/** Only there when the console is built, and like the pages that have them. */
const CONSOLE_FILES = /^\/assets\//;
/** Answers 503 as long as the console is not built. */
const CONSOLE = 'GET /*';

let testApp: TestApp;
const people = new Map<string, Proof>();
let rows: Row[];
const problems: string[] = [];

beforeAll(async () => {
  testApp = await startTestApp('sqlite', { env: { WARDLINE_RATE_LIMITS: 'off' } });
  const own = PLACES['own project'];
  const connectors = ['view', 'edit', 'delete', 'access'] as const;
  await givenRole(
    testApp,
    'connectors',
    connectors.map((action) => `core_connector_${action}` as const),
    own,
  );
  people.set('_account_admin', ADMIN);
  for (const role of ['_account_viewer', '_secrets_reader']) {
    people.set(role, await givenProgramWith(testApp, role.slice(1), [{ role }]));
  }
  const ofProject = [
    // Every right there is, but at one project: what is of the whole account is not theirs.
    ['_account_admin of one project', '_account_admin'],
    ['connectors of one project', 'connectors'],
  ] as const;
  for (const [title, role] of ofProject) {
    people.set(title, await givenProgramWith(testApp, `project${role}`, [{ role, at: own }]));
  }
  people.set('no role', await givenProgramWith(testApp, 'nobody', []));
  rows = await callEverything();
}, 240_000);
afterAll(() => testApp.close());

async function callEverything(): Promise<Row[]> {
  const found = new Map<string, Row>();
  for (const { method, url, config } of testApp.app.guardedRoutes) {
    for (const one of [method].flat()) {
      if (one === 'HEAD' || CONSOLE_FILES.test(url)) continue;
      if (!config?.access) throw new Error(`${one} ${url} does not declare who may call it`);
      const row = await callAsEveryone(`${one} ${withoutSlash(url)}`, config.access);
      found.set(row[0], row);
      // The root of a feature answers with a slash at the end too, and to the same people.
      if (url === withoutSlash(url)) continue;
      const [, ...cells] = await callAsEveryone(`${one} ${url}`, config.access);
      if (cells.join() !== row.slice(1).join()) problems.push(`${row[0]}: the slash at its end makes a difference.`);
    }
  }
  return [...found.values()].sort((a, b) => (byPath(a) < byPath(b) ? -1 : 1));
}

const withoutSlash = (url: string): string => url.replace(/(.)\/$/, '$1');
const byPath = ([route]: Row): string => route.split(' ').reverse().join(' ');

async function callAsEveryone(name: string, access: RouteAccess): Promise<Row> {
  const route = withoutSlash(name);
  const nobody = new Set<string>();
  for (const proof of nobodies(address)) nobody.add(await callOnce(name, proof, PLACES.account));
  if (nobody.size > 1) problems.push(`${route}: ${[...nobody].join(', ')}, depending on how one is nobody.`);
  const roles: string[] = [];
  for (const proof of people.values()) roles.push(await callEverywhere(name, proof));
  const needs = needsOf(access);
  const [withoutRole] = roles.slice(-1);
  if (needs.startsWith('core_') && withoutRole !== '403') {
    problems.push(
      `${route} needs ${needs}, and answers ${withoutRole} to someone without any role: its sample in route-samples.ts ` +
        'is missing or not valid, so that the request never comes to the check.',
    );
  }
  return [route, needs, [...nobody].join(' '), ...roles];
}

function needsOf(access: RouteAccess): string {
  switch (access.kind) {
    case 'public':
      return 'nothing';
    case 'signed-in':
      return 'an identity';
    case 'permission':
      return access.permission;
    case 'in-handler':
      return access.permissions.join(' or ');
  }
}

/** Calls a route at each place; what the answers have in common, or where the caller is let in. */
async function callEverywhere(name: string, proof: Proof): Promise<string> {
  const outcomes: [place: string, outcome: Outcome][] = [];
  for (const [label, place] of Object.entries(PLACES)) outcomes.push([label, await callOnce(name, proof, place)]);
  const [first] = outcomes;
  if (first && outcomes.every(([, outcome]) => outcome === first[1])) return first[1];
  return outcomes
    .filter(([, outcome]) => outcome === 'allowed')
    .map(([label]) => label)
    .join(', ');
}

let address = 0;

async function callOnce(name: string, proof: Proof, place: Place): Promise<Outcome> {
  const [method = '', pattern = ''] = name.split(' ');
  const { query, body } = ROUTE_SAMPLES[withoutSlash(name)] ?? {};
  const path = samplePath(pattern);
  // In both spellings; a route reads its own.
  const { orgIdentifier: orgId, projectIdentifier: projectId } = place;
  const named = { orgIdentifier: orgId, orgId, projectIdentifier: projectId, projectId };
  const scope = Object.entries(named).flatMap(([field, value]): [string, string][] => (value ? [[field, value]] : []));
  const url = `${path}?${new URLSearchParams([...Object.entries(query ?? {}), ...scope])}`;
  const payload = body && {
    payload: JSON.stringify(body(place)),
    headers: { ...proof, 'content-type': 'application/json' },
  };
  // From another address each time, since many wrong keys from one are answered with a delay.
  address += 1;
  const remoteAddress = `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
  const request = { method, url, headers: proof, ...payload, remoteAddress } as InjectOptions & {
    readonly url: string;
  };
  const { statusCode } = await testApp.app.inject(request);
  if (name !== CONSOLE && (statusCode >= 500 || statusCode === 429)) problems.push(`${name} answers ${statusCode}.`);
  return statusCode === 401 || statusCode === 403 ? `${statusCode}` : 'allowed';
}

/** The matrix as a table of Markdown. */
function toMarkdown(all: readonly Row[]): string {
  const head = ['route', 'needs', 'without an identity', ...people.keys()];
  const lines = [head, head.map(() => '---'), ...all].map((cells) => `| ${cells.join(' | ')} |`);
  return `# Who may call what

Every route as everyone, at the account level, at a project where one of them has rights, and at one where that one has
none. "allowed" is any answer but 401 and 403; a place stands for "allowed there, 403 elsewhere". Written by
\`${REWRITE}\`.

${lines.join('\n')}
`;
}

const linesByRoute = (markdown: string): Map<string, string> =>
  new Map(markdown.split('\n').flatMap((line) => (line.startsWith('| ') ? [[line.split(' | ')[0] ?? '', line]] : [])));

describe('who may call what', () => {
  it('is told by requests that come to the check of their rights, and to answers that are no failure', () => {
    expect(problems).toEqual([]);
  });

  it('is what is committed', async () => {
    const actual = toMarkdown(rows);
    if (process.env.UPDATE_MATRIX) await writeFile(MATRIX, actual);
    const committed = linesByRoute(await readFile(MATRIX, 'utf8'));
    const differences = [...linesByRoute(actual)].flatMap(([route, line]) => {
      const before = committed.get(route);
      if (before === line) return [];
      return [before ? `changed:\n  ${before}\n  ${line}` : `no row yet:\n  ${line}`];
    });
    const gone = [...committed.keys()].filter((route) => !linesByRoute(actual).has(route));
    expect(
      [...differences, ...gone.map((route) => `gone: ${route}`)],
      `Who may call what has changed. If it is meant to, run ${REWRITE}, and read the diff of route-matrix.md.`,
    ).toEqual([]);
  });

  it('is asked of every route that the router has', () => {
    const asked = new Set(rows.map(([route]) => route));
    // How the tree of a library's page is printed is not how it is asked for.
    const registered = registeredRoutes(testApp).filter((name) => !/ (\/api\/docs|\/assets)/.test(name));
    const known = (name: string) => asked.has(withoutSlash(name).replace(/ \*$/, ' /*'));
    expect(registered.filter((name) => !known(name))).toEqual([]);
    expect(registered.length).toBeGreaterThan(100);
  });

  it('lets nobody but those in whom the route names: a permission is needed unless the description says none is', () => {
    for (const [route, needs, nobody, ...cells] of rows) {
      if (needs === 'nothing') expect(cells, route).toEqual(cells.map(() => 'allowed'));
      else if (needs !== 'an identity') expect([nobody, cells.at(-1)], route).toEqual(['401', '403']);
    }
  });
});
