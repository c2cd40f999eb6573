import { isIP } from 'node:net';
import { z } from 'zod';

/** The operators that the simulator evaluates; any other is refused when the policy is put, never ignored. */
const OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'Bool',
  'IpAddress',
  'NotIpAddress',
  'Null',
] as const;
export type Operator = (typeof OPERATORS)[number];
type Qualifier = 'ForAnyValue' | 'ForAllValues';

/** An operator as written in a policy, taken apart: `ForAnyValue:StringEqualsIfExists`. */
export interface ParsedOperator {
  readonly operator: Operator;
  readonly qualifier: Qualifier | undefined;
  readonly ifExists: boolean;
}

/** Takes an operator apart; undefined for one that the simulator does not evaluate. */
export function parseOperator(text: string): ParsedOperator | undefined {
  const match = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(text);
  const operator = OPERATORS.find((name) => name === match?.[2]);
  if (!match || !operator || (operator === 'Null' && match[3])) return undefined;
  return { operator, qualifier: match[1] as Qualifier | undefined, ifExists: match[3] !== undefined };
}

const KNOWN_KEYS = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:RequestedRegion',
    'aws:SecureTransport',
    'aws:SourceIp',
    'aws:SourceVpce',
    'aws:userid',
    'aws:username',
    'kms:CallerAccount',
    'kms:EncryptionContextKeys',
    'kms:KeySpec',
    'kms:KeyUsage',
    'kms:MultiRegion',
    'kms:RequestAlias',
    'kms:ResourceAliases',
    'kms:ViaService',
    'sts:ExternalId',
    'sts:RoleSessionName',
  ].map((key) => key.toLowerCase()),
);

/** Keys with a free part: `kms:EncryptionContext:<name>` and `<issuer>:aud|sub`. */
function isKnownKey(key: string): boolean {
  return (
    KNOWN_KEYS.has(key.toLowerCase()) || /^kms:EncryptionContext:.+$/i.test(key) || /^[^:]+.*:(aud|sub)$/.test(key)
  );
}

const scalar = z.union([z.string(), z.boolean().transform(String)]);
const valuesSchema = z.union([scalar, z.array(scalar).min(1)]);

function isCidr(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** `Condition` of a statement: operator → key → one value or several. */
export const conditionBlockSchema = z
  .record(z.string(), z.record(z.string(), valuesSchema))
  .superRefine((block, context) => {
    for (const [name, keys] of Object.entries(block)) {
      const parsed = parseOperator(name);
      if (!parsed) {
        const message = `Condition operator ${name} is not supported by the simulator (it knows ${OPERATORS.join(', ')}).`;
        context.addIssue({ code: 'custom', path: [name], message });
      }
      for (const [key, values] of Object.entries(keys)) {
        if (!isKnownKey(key)) {
          const message = `Condition key ${key} is not supported by the simulator: no request would ever carry it.`;
          context.addIssue({ code: 'custom', path: [name, key], message });
        }
        for (const value of [values].flat()) {
          if (value.includes('${')) {
            const message = 'Policy variables (dollar and braces) are not supported by the simulator.';
            context.addIssue({ code: 'custom', path: [name, key], message });
          }
          if (parsed?.operator.endsWith('IpAddress') && !isCidr(value)) {
            context.addIssue({
              code: 'custom',
              path: [name, key],
              message: `${value} is not an IP address or a CIDR range.`,
            });
          }
        }
      }
    }
  });
export type ConditionBlock = z.infer<typeof conditionBlockSchema>;
