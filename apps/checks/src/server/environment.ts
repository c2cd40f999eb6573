/** Variables that would lead to something of the developer's: their cloud, their database, their settings, their proxy. */
const FOREIGN =
  /^(AWS_|WARDLINE_|DELEGATE_|DATABASE_URL$|HOST$|PORT$|LOG_LEVEL$|NODE_OPTIONS$|NODE_ENV$|VITEST|(https?|all|no)_proxy$|(HTTPS?|ALL|NO)_PROXY$)/;

/** The environment of this process without what would change how a Wardline server behaves, plus `own`. */
export function cleanEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(kept), ...own };
}
