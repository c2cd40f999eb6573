import { PERMISSIONS } from '@wardline/contracts';
import type { RouteAccess } from '../access/route-access.ts';
import { SESSION_COOKIE } from '../access/session-cookie.ts';

/** How a request proves who it is from, as OpenAPI names it; one of the two. */
export const SECURITY_SCHEMES = {
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description:
      'A token of an API key: pat.ACCOUNT.ID.SECRET of a person, sat.ACCOUNT.ID.SECRET of a service account.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description: 'The session of a browser that is signed in. Behind TLS the name begins with __Secure-.',
  },
} as const;

/** What every operation needs unless it says otherwise. */
export const SECURITY = [{ apiKey: [] }, { session: [] }] satisfies {
  [scheme in keyof typeof SECURITY_SCHEMES]?: [];
}[];

/** Who may call a route, as its description says it. `x-wardline-permission` lists the rights of which one is needed. */
export function describeAccess(access: RouteAccess) {
  switch (access.kind) {
    case 'public':
      return { security: [], 'x-wardline-permission': [], words: `Open to anyone: ${access.because}` };
    case 'signed-in':
      return { 'x-wardline-permission': [], words: 'Needs an identity, and no permission for what is one’s own.' };
    case 'permission':
      return {
        'x-wardline-permission': [access.permission],
        words: `Needs \`${access.permission}\` (${PERMISSIONS[access.permission].title}) at the scope of the request.`,
      };
    case 'in-handler':
      return {
        'x-wardline-permission': [...access.permissions],
        words: `Needs ${access.permissions.map((one) => `\`${one}\``).join(' or ')} at every scope that the request names.`,
      };
  }
}
