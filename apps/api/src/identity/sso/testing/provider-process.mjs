// A real OpenID Connect provider in a process of its own: `node provider-process.mjs` with its setup as JSON in SETUP.
// It signs in whoever fills in its forms, and prints its issuer when it is ready. An account may ask for a faulty ID
// token, since a provider that is as it should be makes none.
import { createServer } from 'node:http';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { Provider } from 'oidc-provider';

const { client, accounts, claimsInToken } = JSON.parse(process.env.SETUP);

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const { privateKey: strangeKey } = await generateKeyPair('RS256');
const jwk = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' };

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    { ...client, response_types: ['code'], grant_types: ['authorization_code'] },
    { ...client, client_id: 'somebody-else', client_secret: 'of-somebody-else', token_endpoint_auth_method: undefined },
  ],
  jwks: { keys: [jwk] },
  cookies: { keys: ['cookies of the test'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  // Off, the claims are in the ID token; on, at the userinfo endpoint only.
  conformIdTokenClaims: !claimsInToken,
  pkce: { required: () => true },
  async findAccount(_context, login) {
    const account = accounts[login];
    return account && { accountId: login, claims: async () => ({ sub: login, ...account.claims }) };
  },
});

provider.use(async (context, next) => {
  await next();
  const { id_token: idToken } = context.path === '/token' && context.status === 200 ? context.body : {};
  if (!idToken) return;
  const claims = decodeJwt(idToken);
  const fault = accounts[claims.sub]?.fault;
  if (!fault) return;
  const changed = Object.entries({ ...claims, ...fault.claims });
  const faulty = Object.fromEntries(changed.filter(([, value]) => value !== null));
  const header = { alg: 'RS256', kid: 'one' };
  context.body.id_token =
    fault.signature === 'none'
      ? new UnsecuredJWT(faulty).encode()
      : await new SignJWT(faulty)
          .setProtectedHeader(header)
          .sign(fault.signature === 'strange key' ? strangeKey : privateKey);
});

server.on('request', provider.callback());
process.stdout.write(`${issuer}\n`);
