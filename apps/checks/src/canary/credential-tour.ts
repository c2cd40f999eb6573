/** A request as it goes over the wire; a body is sent as it is. */
export interface RawCall {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' } as const;

function post(path: string, body: unknown): RawCall {
  return { method: 'POST', path, headers: JSON_TYPE, body: JSON.stringify(body) };
}

/** Where a password, a code or the token of a link belongs: here the wrong one. */
function inItsPlace(value: string): RawCall[] {
  return [
    post('/api/auth/sign-in', { email: 'nobody@example.com', password: value }),
    post('/api/auth/sign-in', { email: 'admin@example.com', password: value }),
    post('/api/auth/links/check', { token: value }),
    post('/api/auth/links/redeem', { token: value, name: 'Nobody', password: value }),
    post('/api/auth/second-factor', { code: value }),
    post('/api/auth/second-factor', { recoveryCode: value }),
    { method: 'GET', path: '/api/whoami', headers: { 'x-api-key': value } },
    { method: 'GET', path: '/api/whoami', headers: { 'x-api-key': `sat.default.${value}` } },
    { method: 'GET', path: '/api/whoami', headers: { cookie: `wardline.session_token=${encodeURIComponent(value)}` } },
  ];
}

/** The same in bodies that are not as documented. */
function malformed(value: string): RawCall[] {
  const places = ['/api/auth/sign-in', '/api/auth/links/redeem', '/api/auth/password', '/api/users', '/ng/api/token'];
  return places.flatMap((path) => [
    post(path, { email: value, password: { nested: value }, token: [value], [value]: value }),
    post(path, value),
    post(path, [value]),
    { method: 'POST', path, headers: JSON_TYPE, body: `{"password": "${value}` },
    { method: 'POST', path, headers: JSON_TYPE, body: `${value}{}` },
    { method: 'POST', path, headers: { 'content-type': 'text/plain' }, body: value },
    {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `password=${value}`,
    },
  ]);
}

/** Where a hasty person or a careless program puts it. */
function misplaced(value: string): RawCall[] {
  const encoded = encodeURIComponent(value);
  const paths = [
    `/api/settings?token=${encoded}`,
    `/api/auth/sign-in?email=admin%40example.com&password=${encoded}`,
    `/sign-in?password=${encoded}`,
    `/${encoded}`,
    `/api/${encoded}`,
    `/ng/api/${encoded}`,
    `/api/auth/links/${encoded}`,
    `/ng/api/v2/secrets/one?accountIdentifier=${encoded}`,
    `/ng/api/connectors?pageSize=${encoded}`,
    `/api/%zz${encoded}`,
  ];
  const headers = { authorization: `Bearer ${value}`, 'x-request-id': value, 'x-forwarded-for': value, referer: value };
  return [
    ...paths.map((path) => ({ method: 'GET', path })),
    ...paths.slice(3, 8).map((path) => ({ method: 'POST', path, headers: JSON_TYPE, body: '{}' })),
    { method: 'GET', path: '/api/settings', headers },
    { method: 'GET', path: '/api/nothing', headers },
  ];
}

/** As the ID of an entity: the refusal says which one there is not, so only what is kept of it is looked at. */
export function asIdentifier(value: string): RawCall[] {
  const encoded = encodeURIComponent(value);
  return [`/ng/api/connectors/${encoded}`, `/ng/api/v2/secrets/${encoded}`, `/api/users/${encoded}`].flatMap((path) => [
    { method: 'GET', path },
    { method: 'DELETE', path },
  ]);
}

/** Every way in which a credential could get where it does not belong. */
export function credentialTour(value: string): RawCall[] {
  return [...inItsPlace(value), ...malformed(value), ...misplaced(value)];
}
