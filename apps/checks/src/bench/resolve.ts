import { apiClient, mustSucceed } from '../server/api-client.ts';
import { secretBody } from '../server/requests.ts';
import { withServer } from '../server/with-server.ts';
import { measureDiskFlush } from './disk-flush.ts';
import { type Load, type Rate, sendLoad } from './load.ts';
import { type Measurement, readable } from './measurement.ts';

const CONNECTIONS = 32;
const SECRETS = 100;
/** Rounds of which the best counts: other programs can only make a server slower. */
const ROUNDS = 3;

const reference = (n: number) => `account.bench_secret_${n % SECRETS}`;

const LOADS = {
  trivial: {
    name: 'a trivial request',
    method: 'POST',
    path: '/authz/api/acl',
    body: () => ({ permissions: [{ resourceType: 'SECRET', permission: 'core_secret_access' }] }),
  },
  one: {
    name: 'resolve of one secret',
    method: 'POST',
    path: '/api/secrets/resolve',
    body: (n) => ({ references: [reference(n)] }),
  },
  many: {
    name: `resolve of ${SECRETS} secrets`,
    method: 'POST',
    path: '/api/secrets/resolve',
    body: () => ({ references: Array.from({ length: SECRETS }, (_value, n) => reference(n)) }),
  },
} as const satisfies Record<string, Omit<Load, 'url'>>;

type Kind = keyof typeof LOADS;

/** All kinds in turns, so that whatever slows the machine slows all of them. */
async function bestRates(url: string): Promise<Record<Kind, Rate>> {
  const best: Partial<Record<Kind, Rate>> = {};
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const kind of ['trivial', 'one', 'many'] as const) {
      const rate = await sendLoad({ ...LOADS[kind], url, connections: CONNECTIONS });
      // The first round is for the server to compile its code.
      if (round > 0 && rate.perSecond > (best[kind]?.perSecond ?? 0)) best[kind] = rate;
    }
  }
  const { trivial, one, many } = best;
  if (!trivial || !one || !many) throw new Error('Nothing was measured.');
  return { trivial, one, many };
}

/** Secrets read over HTTP by a program with an API key, each read on the audit log before it is answered. */
export function measureResolve(): Promise<Measurement[]> {
  return withServer({ env: { WARDLINE_SIMULATOR: 'off' } }, async ({ url }) => {
    const call = apiClient(url);
    for (let n = 0; n < SECRETS; n += 1) {
      await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody(`bench_secret_${n}`, `value ${n}`));
    }
    const { trivial, one, many } = await bestRates(url);
    const times = ({ p50, p99 }: Rate) =>
      `p50 ${readable(p50)} ms, p99 ${readable(p99)} ms, ${CONNECTIONS} connections, best of ${ROUNDS}`;
    return [
      { name: LOADS.one.name, value: one.perSecond, unit: '/s', atLeast: 6000, detail: times(one) },
      { name: `${LOADS.one.name}, p99`, value: one.p99, unit: 'ms', budget: 20 },
      {
        name: 'an authenticated request that reads nothing, same load',
        value: trivial.perSecond,
        unit: '/s',
        detail: times(trivial),
      },
      { name: `${LOADS.one.name}, against that`, value: trivial.perSecond / one.perSecond, unit: '×' },
      measureDiskFlush(),
      {
        name: LOADS.many.name,
        value: many.perSecond,
        unit: '/s',
        detail: `${readable(many.perSecond * SECRETS)} secrets/s, ${times(many)}`,
      },
    ];
  });
}
