import { PERMISSIONS, permissionSchema } from '@wardline/contracts';

/** One field that a change changed, in words, with what it was and is; undefined where it was not there. */
export interface FieldChange {
  /** The path, for people: “Credential › Access key”. */
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Of a list: how many of its items stayed, which are not shown. */
  readonly kept?: number;
}

type State = Readonly<Record<string, unknown>> | null;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the forms call it, where that is not its name. */
const CALLED: ReadonlyMap<string, string> = new Map([
  ['kmsArnInPlainText', 'AWS ARN'],
  ['kmsArn', 'Secret with the AWS ARN'],
  ['externalName', 'External ID'],
  ['valueOf', 'Value since version'],
]);
const ACRONYMS = /\b(arn|aws|iam|id|kms|oidc|sts|url)\b/g;

/** `delegateSelectors` → “Delegate selectors”, `roleArn` → “Role ARN”. */
function fieldWords(name: string): string {
  const called = CALLED.get(name);
  if (called) return called;
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replaceAll(ACRONYMS, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The key of a tag is somebody's own word, and stays as it is. */
function pathWords(path: readonly string[]): string {
  return path.map((name, index) => (path[index - 1] === 'tags' ? name : fieldWords(name))).join(' › ');
}

function valueWords(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'none';
  if (value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(itemWords).join('\n');
  return isObject(value) ? (Object.keys(value).length === 0 ? 'none' : JSON.stringify(value)) : String(value);
}

function itemWords(item: unknown): string {
  const permission = permissionSchema.safeParse(item);
  if (permission.success) return PERMISSIONS[permission.data].title;
  return typeof item === 'string' ? item : JSON.stringify(item);
}

/** Of two lists, what went and what came; nothing for a new order alone, which needs both in full. */
function listChange(before: readonly unknown[], after: readonly unknown[]): Omit<FieldChange, 'field'> | undefined {
  const [was, is] = [before.map(itemWords), after.map(itemWords)];
  const gone = was.filter((item) => !is.includes(item));
  const come = is.filter((item) => !was.includes(item));
  const kept = was.length - gone.length;
  if (kept === 0 || gone.length + come.length === 0) return undefined;
  return { before: gone.join('\n') || undefined, after: come.join('\n') || undefined, kept };
}

/** The leaves of a document by their path; lists are leaves, since their order tells nothing about what moved. */
function leaves(value: unknown, path: readonly string[]): [path: readonly string[], value: unknown][] {
  if (!isObject(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

/**
 * What differs between two states of an entity, field by field in the order of the fields. Of something that was
 * created or deleted it is every field that says anything.
 */
export function diffOf(before: State, after: State): FieldChange[] {
  const was = new Map(before ? leaves(before, []).map(([path, value]) => [path.join('\0'), { path, value }]) : []);
  const is = new Map(after ? leaves(after, []).map(([path, value]) => [path.join('\0'), { path, value }]) : []);
  const keys = [...new Set([...was.keys(), ...is.keys()])];
  return keys.flatMap((key): FieldChange[] => {
    const [old, now] = [was.get(key), is.get(key)];
    const [from, to] = [valueWords(old?.value), valueWords(now?.value)];
    const silent = (!before || !after) && ['none', 'empty'].includes(from ?? to ?? 'none');
    if (from === to || silent) return [];
    const field = pathWords((now ?? old)?.path ?? []);
    const lists = Array.isArray(old?.value) && Array.isArray(now?.value) && listChange(old.value, now.value);
    return [lists ? { field, ...lists } : { field, before: from, after: to }];
  });
}
