import autocannon from 'autocannon';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import { secretBody } from '../server/requests.ts';
import { withServer } from '../server/with-server.ts';
import { type Measurement, percentile, readable } from './measurement.ts';

const REQUESTS = 10_000;
const CONNECTIONS = 50;
const PATH = '/ng/api/v2/secrets/bench_secret';
/** For so long come the attempts that are hashed: few are let through, and ten thousand would take a quarter of an hour. */
const SPREAD_SECONDS = 10;
/** Someone who guesses may cost others no more than someone who works, with room for noise. */
const AS_ORDINARY = 1.2;

type Attempt = Pick<autocannon.Request, 'method' | 'path' | 'headers' | 'body'>;

const json = { 'content-type': 'application/json' };

/** What each flood sends; sign-in takes requests of the console's own origin only. */
const FLOODS: Readonly<Record<'ordinary' | 'passwords' | 'spread' | 'keys', (n: number, url: string) => Attempt>> = {
  ordinary: () => ({ method: 'GET', path: PATH, headers: { ...AS_ADMINISTRATOR } }),
  passwords: (n, origin) => {
    const body = JSON.stringify({ email: 'admin@example.com', password: `wrong password ${n}` });
    return { method: 'POST', path: '/api/auth/sign-in', headers: { ...json, origin }, body };
  },
  // As a botnet sends them: no limit of an account or an address is reached, and each one that is let through is hashed.
  spread: (n, origin) => {
    const body = JSON.stringify({ email: `person${n}@example.com`, password: `wrong password ${n}` });
    const headers = { ...json, origin, 'x-forwarded-for': `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` };
    return { method: 'POST', path: '/api/auth/sign-in', headers, body };
  },
  keys: (n) => ({
    method: 'GET',
    path: PATH,
    headers: { 'x-api-key': `sat.default.checks.${n}_garbage_garbage_garbage` },
  }),
};

interface Flooded {
  /** Milliseconds that an ordinary request of someone else took meanwhile. */
  readonly times: readonly number[];
  readonly perSecond: number;
  readonly letIn: number;
}

/** Sends ten thousand attempts from many connections, and meanwhile asks as someone else, one request after another. */
async function flood(
  url: string,
  attempt: (n: number, url: string) => Attempt,
  size: Pick<autocannon.Options, 'amount' | 'duration'> = { amount: REQUESTS },
): Promise<Flooded> {
  let sent = 0;
  const start = performance.now();
  const running = autocannon({
    url,
    connections: CONNECTIONS,
    ...size,
    requests: [
      {
        ...attempt(0, url),
        setupRequest: () => {
          sent += 1;
          return attempt(sent, url);
        },
      },
    ],
  });
  let over = false;
  const ended = Promise.resolve(running).then((result) => {
    over = true;
    return result;
  });
  const call = apiClient(url);
  const times: number[] = [];
  while (!over) {
    const asked = performance.now();
    await mustSucceed(call, 'GET', PATH);
    times.push(performance.now() - asked);
  }
  const result = await ended;
  return { times, perSecond: sent / ((performance.now() - start) / 1000), letIn: result['2xx'] };
}

/** What others notice of ten thousand wrong passwords and ten thousand garbage keys, against as many ordinary requests. */
export function measureFloods(): Promise<Measurement[]> {
  const env = {
    WARDLINE_BOOTSTRAP_ADMIN_EMAIL: 'admin@example.com',
    WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: 'bench only: not a password',
    // The floods choose the address that they seem to come from.
    WARDLINE_TRUST_PROXY: '127.0.0.1',
  };
  return withServer({ env }, async ({ url }) => {
    await mustSucceed(apiClient(url), 'POST', '/ng/api/v2/secrets', secretBody('bench_secret', 'value'));
    await flood(url, FLOODS.ordinary);
    const ordinary = await flood(url, FLOODS.ordinary);
    const [usual50, usual99] = [percentile(ordinary.times, 0.5), percentile(ordinary.times, 0.99)];
    const line = async (kind: 'passwords' | 'spread' | 'keys', what: string): Promise<Measurement> => {
      const size = kind === 'spread' ? { duration: SPREAD_SECONDS } : { amount: REQUESTS };
      const { times, perSecond, letIn } = await flood(url, FLOODS[kind], size);
      if (letIn > 0) throw new Error(`${letIn} of ${what} were let in`);
      const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
      return {
        name: `others during ${what}, against as many ordinary requests`,
        value: p50 / usual50,
        unit: '×',
        // What is hashed takes a core, so that it is as many cores that decide.
        ...(kind !== 'spread' && { budget: AS_ORDINARY }),
        detail:
          `p50 ${readable(p50)} and p99 ${readable(p99)} ms against ${readable(usual50)} and ${readable(usual99)}, ` +
          `${CONNECTIONS} connections, ${readable(perSecond)} refused/s`,
      };
    };
    const many = REQUESTS.toLocaleString('en-US');
    return [
      await line('keys', `${many} garbage keys`),
      await line('passwords', `${many} wrong passwords`),
      await line('spread', `${SPREAD_SECONDS} s of wrong passwords from ever new addresses`),
    ];
  });
}
