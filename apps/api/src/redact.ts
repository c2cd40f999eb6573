/** Never logged, wherever it turns up, whatever it holds: in small letters. */
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  // Credentials of requests.
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'apikey',
  'token',
  'password',
  'newpassword',
  'currentpassword',
  'passwordhash',
  'totpsecret',
  'totpuri',
  'recoverycodes',
  'backupcodes',
  // Values of secrets, and credentials of AWS.
  'value',
  'secretvalue',
  'plaintext',
  'secretaccesskey',
  'accesskeyid',
  'sessiontoken',
  'webidentitytoken',
  'keyarn',
  // Of the server itself.
  'masterkey',
  'databaseurl',
]);

/** Where it is a text; a secret as an entity is an object, and its name no secret. */
const SECRET_TEXTS: ReadonlySet<string> = new Set(['secret']);

const REDACTED = '[redacted]';
/** Nothing that is logged on purpose is deeper; and what refers to itself ends here. */
const DEPTH = 8;

/**
 * A copy without the secrets, at any depth. What makes its own JSON is left to do so. pino's own redaction names
 * paths, so that each depth of each field costs time on every line: twenty times what this does.
 */
export function redact(value: unknown, depth = DEPTH): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // Bytes as they came: an HTTP parser's error holds the request.
  if (ArrayBuffer.isView(value)) return REDACTED;
  if ('toJSON' in value) return value;
  if (depth === 0) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1));
  const copy: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    copy[name] = isSecret(name, field) ? REDACTED : redact(field, depth - 1);
  }
  return copy;
}

function isSecret(name: string, field: unknown): boolean {
  const small = name.toLowerCase();
  return SECRET_FIELDS.has(small) || (SECRET_TEXTS.has(small) && typeof field === 'string');
}
