import type { DelegateRefusalCode } from '@wardline/contracts';

/** Why a delegate is not connected, and what to do about it. */
export interface Reason {
  readonly title: string;
  readonly text: string;
}

const REFUSALS: Record<DelegateRefusalCode, Reason> = {
  'protocol-version': {
    title: 'It speaks another version of the protocol',
    text: 'The agent does not belong to this server’s version. Fetch it again from here and start it anew.',
  },
  account: {
    title: 'It names another account',
    text: 'ACCOUNT_ID is not this server’s. The account’s identifier stands at the foot of the navigation.',
  },
  'unknown-token': {
    title: 'Its token is unknown here',
    text: 'DELEGATE_TOKEN is not one of this server’s tokens: it was copied incompletely, or belongs to another server.',
  },
  'revoked-token': {
    title: 'Its token was revoked',
    text: 'Give it another token: change DELEGATE_TOKEN and start it anew.',
  },
  'expired-token': {
    title: 'Its token has expired',
    text: 'Make a new token, change DELEGATE_TOKEN and start it anew.',
  },
  'wrong-proof': {
    title: 'It could not prove that it has the token',
    text: 'What it sent does not fit its token. Somebody replays an old connection, or changes what is sent in between, such as a proxy that opens TLS.',
  },
  'reserved-name': {
    title: 'Its name or a tag is taken by the server',
    text: '“embedded” is the delegate inside the server. Change DELEGATE_NAME or DELEGATE_TAGS and start it anew.',
  },
  'bad-frame': {
    title: 'It sent what is no part of the protocol',
    text: 'Something other than the agent connected, a proxy changed what was sent, or no greeting came in time.',
  },
  replay: {
    title: 'A sealed message came twice or out of order',
    text: 'Something between it and Wardline repeats messages. The session was ended, so that nothing runs twice. Look at proxies in between.',
  },
  'too-slow': {
    title: 'It was silent for 30 seconds, or did not read what it was sent',
    text: 'The host is overloaded or suspended, or the network loses what is sent. The agent connects again by itself when it can.',
  },
  replaced: {
    title: 'The same process connected anew',
    text: 'Its older connection was half open, as after a lost network. If this repeats, a firewall or a proxy cuts idle connections.',
  },
  'shutting-down': {
    title: 'The server was stopping',
    text: 'The agent connects again by itself once the server is back.',
  },
};

const LOST: Reason = {
  title: 'The connection was lost',
  text: 'The process ended, its host went away, or the network was cut. A running agent connects again by itself within 15 seconds; its log and http://localhost:3460/api/health on its host say why it cannot.',
};

const isRefusal = (code: string): code is DelegateRefusalCode => Object.hasOwn(REFUSALS, code);

/** Why a delegate was refused, or its connection ended. */
export function reasonOf(code: string): Reason {
  return isRefusal(code) ? REFUSALS[code] : LOST;
}

/** What there is to look at where nothing of a delegate has reached the server, nearest cause first. */
export const NEVER_CONNECTED: readonly Reason[] = [
  {
    title: 'The process does not run',
    text: 'It ends at once where a setting is wrong, and its output names the variable. In Kubernetes: kubectl -n wardline logs deploy/<name>.',
  },
  {
    title: 'The address is not reachable from there',
    text: 'MANAGER_HOST_AND_PORT must lead from the delegate’s network to this server, through HTTPS_PROXY where there is one. Only outgoing connections are needed. In a container, 127.0.0.1 is the container itself.',
  },
  {
    title: 'TLS fails',
    text: 'The agent’s log and its health then say why. Where the certificate is not trusted, give it the certificate of your own authority in EXTRA_CA_FILES; a proxy that opens TLS needs its authority there too.',
  },
  {
    title: 'The clock of its host is wrong',
    text: 'Then a good certificate seems to have expired, or not to be valid yet. The agent’s log says what time it takes it to be.',
  },
  {
    title: 'WebSockets do not come through',
    text: 'A reverse proxy or a load balancer in front of Wardline must pass on Upgrade and Connection for /api/delegates/connect, and leave the connection open for longer than 30 seconds.',
  },
  {
    title: 'It was refused',
    text: 'Then it is listed above under “Not let in”, with the reason: its token, its account, or its version.',
  },
];

/** AWS refuses requests that were signed more than five minutes away from its own time. */
const AWS_TOLERATES_MS = 5 * 60_000;
const WORTH_SAYING_MS = 30_000;

/** What is wrong with a delegate's clock, now or as it last connected; undefined where it is right. */
export function clockProblem(skewMs: number, connected = true): string | undefined {
  const off = Math.abs(skewMs);
  if (off < WORTH_SAYING_MS) return undefined;
  const amount = off < 120_000 ? `${Math.round(off / 1000)} seconds` : `${Math.round(off / 60_000)} minutes`;
  const direction = skewMs > 0 ? 'ahead of' : 'behind';
  const outcome =
    off >= AWS_TOLERATES_MS
      ? 'AWS refuses what it signs. Set the host’s clock.'
      : 'AWS refuses requests from a clock that is off by more than 5 minutes.';
  if (!connected) {
    return `As it last connected, its clock was ${amount} ${direction} the server’s. ${outcome} A wrong clock also makes a good certificate look expired.`;
  }
  return `Its clock is ${amount} ${direction} the server’s. ${outcome}`;
}
