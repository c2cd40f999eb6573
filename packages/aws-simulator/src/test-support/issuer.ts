import { generateKeyPairSync } from 'node:crypto';
import { exportJWK, type JWTPayload, SignJWT } from 'jose';
import { listen } from '../http/server.ts';

/** How a token differs from one that the seeded role trusts. */
export interface TokenChanges {
  readonly claims?: JWTPayload;
  readonly kid?: string;
  readonly alg?: 'RS256' | 'PS256';
  /** Sign with a key that the issuer does not publish. */
  readonly foreignKey?: boolean;
}

/** An issuer that runs; `token` signs a new one. */
export interface Issuer {
  readonly url: string;
  token(changes?: TokenChanges): Promise<string>;
  close(): Promise<void>;
}

const newKeyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A real issuer on loopback: discovery document, JWKS, RS256 tokens for the audience and subject that the seed trusts. */
export async function startIssuer(): Promise<Issuer> {
  const [own, foreign] = [newKeyPair(), newKeyPair()];
  // Without `alg`, which is optional: that the algorithm is one of the allowed is for the verifier to check.
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'key-1', use: 'sig' };
  const listener = await listen(async (request, response) => {
    const url = `http://${request.headers.host}`;
    const documents = new Map<string | undefined, unknown>([
      ['/.well-known/openid-configuration', { issuer: url, jwks_uri: `${url}/jwks` }],
      ['/jwks', { keys: [jwk] }],
    ]);
    const document = documents.get(request.url);
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  return {
    ...listener,
    token({ claims = {}, kid = 'key-1', alg = 'RS256', foreignKey = false } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = {
        iss: listener.url,
        sub: 'default',
        aud: 'sts.amazonaws.com',
        iat: now,
        nbf: now,
        exp: now + 600,
        ...claims,
      };
      const { privateKey } = foreignKey ? foreign : own;
      return new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(privateKey);
    },
  };
}
