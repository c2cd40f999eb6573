/** What a request costs, and so how many a client may make. */
export const RATE_CLASSES = ['reading', 'writing', 'testing', 'signing-in'] as const;
export type RateClass = (typeof RATE_CLASSES)[number];

/** Requests that are not what their method says, by the pattern of their route; `none` is not limited. */
const EXCEPTIONS: readonly (readonly [methods: RegExp, url: RegExp, RateClass | 'none'])[] = [
  // Load balancers ask often; pages are files, and hold no data.
  [/^(GET|HEAD)$/, /^\/(health|\*|assets\/\*)$/, 'none'],
  // Calls AWS several times.
  [/^POST$/, /\/testConnection\/|^\/api\/connectors\/test(OnDelegates|$)/, 'testing'],
  // Hashes passwords, and is open to anyone.
  [/^POST$/, /^\/api\/auth\//, 'signing-in'],
  // Asks the provider of single sign-on, and is open to anyone.
  [/^(GET|HEAD)$/, /^\/api\/auth\/sso\/callback$/, 'signing-in'],
  // Lists whose filter is a body.
  [/^POST$/, /\/(list|listV2|listbyfqn|listDelegates)$/, 'reading'],
  // Values, whose references are a body.
  [/^POST$/, /^\/api\/secrets\/resolve$/, 'reading'],
];

/** The class of a route. @param url its pattern with prefixes, e.g. `/ng/api/connectors/:identifier`. */
export function rateClassOf(method: string, url: string): RateClass | 'none' {
  const exception = EXCEPTIONS.find(([methods, pattern]) => methods.test(method) && pattern.test(url));
  if (exception) return exception[2];
  return method === 'GET' || method === 'HEAD' ? 'reading' : 'writing';
}
