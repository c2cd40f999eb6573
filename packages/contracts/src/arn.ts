/** The six fields of an Amazon Resource Name. `region` and `account` are `""` where the service has none. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Splits an ARN; the partition is never compared with a list, new ones appear.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 * @returns undefined when the text has not the six fields.
 */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([a-z][a-z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/.exec(text);
  if (!match) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}

export type KmsArn = Arn & { readonly kind: 'key' | 'alias'; readonly id: string };

/** Parses the ARN of a KMS key or alias; undefined for anything else. */
export function parseKmsArn(text: string): KmsArn | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'kms' || !arn.region || !arn.account) return undefined;
  const match = /^(key|alias)\/([a-zA-Z0-9/_-]+)$/.exec(arn.resource);
  if (!match) return undefined;
  return { ...arn, kind: match[1] === 'alias' ? 'alias' : 'key', id: match[2] ?? '' };
}

export type RoleArn = Arn & { readonly roleName: string };

/** Parses the ARN of an IAM role, with or without a path; undefined for anything else. */
export function parseRoleArn(text: string): RoleArn | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'iam' || arn.region !== '' || !arn.account) return undefined;
  const match = /^role\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]{1,64})$/.exec(arn.resource);
  return match ? { ...arn, roleName: match[1] ?? '' } : undefined;
}

/** A key ARN for a list: the last four characters of the key id, or the alias, which names itself. */
export function maskKmsArn(text: string): string {
  const arn = parseKmsArn(text);
  if (!arn) return '…';
  const account = `…${arn.account.slice(-4)}`;
  return `${account}:${arn.kind}/${arn.kind === 'alias' ? arn.id : `…${arn.id.slice(-4)}`}`;
}
