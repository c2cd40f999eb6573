import { BlockList, isIP } from 'node:net';
import { type ConditionBlock, type Operator, type ParsedOperator, parseOperator } from './condition-block.ts';
import { arnMatch, wildcardMatch } from './wildcard.ts';

/** What a request says of itself: condition key → values. A key that the request lacks is absent, not empty. */
export class ConditionContext {
  readonly #values = new Map<string, readonly string[]>();

  constructor(entries: Readonly<Record<string, string | readonly string[] | undefined>>) {
    for (const [key, value] of Object.entries(entries)) {
      if (value === undefined) continue;
      // Names of condition keys are case-insensitive; their values are not.
      this.#values.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
  }

  get(key: string): readonly string[] | undefined {
    const values = this.#values.get(key.toLowerCase());
    return values === undefined || values.length === 0 ? undefined : values;
  }
}

function inRange(range: string, address: string): boolean {
  const [network = '', bits] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) !== isIP(network)) return false;
  const block = new BlockList();
  block.addSubnet(network, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  return block.check(address, family);
}

/** The comparison itself, without its negation. `Null` compares presence and is answered before this. */
function matches(operator: Exclude<Operator, 'Null'>, wanted: string, actual: string): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'StringNotEquals':
      return wanted === actual;
    case 'StringEqualsIgnoreCase':
    case 'StringNotEqualsIgnoreCase':
    case 'Bool':
      return wanted.toLowerCase() === actual.toLowerCase();
    case 'StringLike':
    case 'StringNotLike':
      return wildcardMatch(wanted, actual);
    case 'ArnEquals':
    case 'ArnLike':
    case 'ArnNotEquals':
    case 'ArnNotLike':
      return arnMatch(wanted, actual);
    case 'IpAddress':
    case 'NotIpAddress':
      return inRange(wanted, actual);
  }
}

function satisfied(parsed: ParsedOperator, wanted: readonly string[], actual: readonly string[] | undefined): boolean {
  const { operator, qualifier, ifExists } = parsed;
  if (operator === 'Null') return wanted.some((value) => (value === 'true') === (actual === undefined));
  const negated = operator.includes('Not');
  // IAM: an absent key fails a positive operator and passes a negated one; IfExists and ForAllValues pass it.
  if (actual === undefined) return ifExists || qualifier === 'ForAllValues' || (negated && qualifier === undefined);
  const holds = (value: string): boolean => wanted.some((want) => matches(operator, want, value)) !== negated;
  return qualifier === 'ForAnyValue' || (qualifier === undefined && !negated)
    ? actual.some(holds)
    : actual.every(holds);
}

/**
 * Are all conditions of a statement met?
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @throws when an operator is unknown: documents are checked when they are put, so this is a bug, not an answer.
 */
export function conditionsMet(block: ConditionBlock | undefined, context: ConditionContext): boolean {
  return Object.entries(block ?? {}).every(([name, keys]) => {
    const parsed = parseOperator(name);
    if (!parsed) throw new Error(`Condition operator ${name} is not supported by the simulator.`);
    return Object.entries(keys).every(([key, wanted]) => satisfied(parsed, [wanted].flat(), context.get(key)));
  });
}
