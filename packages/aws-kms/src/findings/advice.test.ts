import { describe, expect, it } from 'vitest';
import {
  aws,
  denied,
  evidence,
  HOST_ROLE,
  HOST_SESSION,
  manual,
  network,
  oidc,
  ROLE,
} from '../test-support/evidence.ts';
import { explain } from './explain.ts';

/** What findings advise beyond the rows of the table: the same cause in another place needs other words. */
const bodies = (shown: Parameters<typeof explain>[0]): string =>
  explain(shown)
    .fixes.map(({ body }) => body)
    .join('\n');

describe('multi-Region keys', () => {
  const mrk = 'mrk-1234abcd12ab34cd56ef1234567890ab';
  const keyArn = `arn:aws:kms:eu-west-1:111122223333:key/${mrk}`;
  const subject = { keyArn, partition: 'aws', region: 'eu-central-1' };

  it('a region that differs may have a replica under the same ID', () => {
    const shown = evidence(
      'validate',
      { kind: 'setting', problem: 'region-mismatch', arnRegion: 'eu-west-1' },
      subject,
    );
    expect(bodies(shown)).toContain(`describe-key --region eu-west-1 --key-id ${mrk}`);
    expect(bodies(shown)).toContain(`arn:aws:kms:eu-central-1:111122223333:key/${mrk}`);
    expect(bodies(shown)).toContain(`replicate-key --region eu-west-1 --key-id ${mrk} --replica-region eu-central-1`);
  });

  it('a key of one region is not said to have replicas', () => {
    const shown = evidence('validate', { kind: 'setting', problem: 'region-mismatch', arnRegion: 'us-gov-east-1' });
    expect(bodies(shown)).not.toContain('replica');
  });
});

it('across accounts, AWS sometimes says that only the policy here is missing', () => {
  const keyArn = 'arn:aws-us-gov:kms:us-gov-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const because = 'because no identity-based policy allows the kms:Decrypt action';
  const { code, title, fixes } = explain(denied('Decrypt', because, { keyArn }));
  expect(code).toBe('key-other-account');
  expect(title).toContain('no IAM policy here');
  expect(fixes[0]?.kind).toBe('iam-policy');
});

it('a role that is known only from its session may have a path: the command shows it', () => {
  const because = 'because no resource-based policy allows the kms:Decrypt action';
  const message = `User: ${HOST_SESSION} is not authorized to perform: kms:Decrypt on resource: x ${because}`;
  const ofHost = explain(aws('decrypt', 'Decrypt', 'AccessDeniedException', message));
  expect(ofHost.fixes.find(({ body }) => body.includes('--query Role.Arn'))?.target).toBe(HOST_ROLE);
  expect(bodies(denied('Decrypt', because))).not.toContain('--query Role.Arn');
});

describe('names that differ by partition', () => {
  const china = { region: 'cn-north-1', partition: 'aws-cn', keyArn: 'arn:aws-cn:kms:cn-north-1:111122223333:key/k' };

  it('endpoints of China have their own domain, also where the time ran out', () => {
    const late = evidence('decrypt', { kind: 'stopped', operation: 'Decrypt', why: 'deadline' }, china);
    expect(bodies(late)).toContain('https://kms.cn-north-1.amazonaws.com.cn');
  });

  it('the endpoint service of STS in China has a prefix, that of KMS has none', () => {
    expect(bodies(network('ENOTFOUND', china))).toContain('--service-name com.amazonaws.cn-north-1.kms');
    const sts = evidence(
      'identity',
      { kind: 'network', operation: 'GetCallerIdentity', code: 'ENOTFOUND', detail: '' },
      china,
    );
    expect(bodies(sts)).toContain('--service-name cn.com.amazonaws.cn-north-1.sts');
  });
});

it('the endpoint that is named is that of the service which answered', () => {
  const endpoints = { kms: 'https://kms.one.example', sts: 'https://sts.two.example' };
  const message = 'Credential should be scoped to a valid region.';
  const shown = aws('identity', 'GetCallerIdentity', 'SignatureDoesNotMatch', message, { endpoints });
  expect(explain(shown).explanation).toContain('https://sts.two.example');
});

it.each([
  ['service control policy', 'organizations list-policies-for-target'],
  ['resource control policy', '--filter RESOURCE_CONTROL_POLICY'],
  ['permissions boundary', 'get-role --region us-gov-west-1 --role-name kms-user --query Role.PermissionsBoundary'],
  ['identity-based policy', 'iam simulate-principal-policy'],
  ['session policy', 'start the session without that policy'],
])('where a %s forbids, the fix looks there', (owner, body) => {
  expect(bodies(denied('Decrypt', `with an explicit deny in a ${owner}: arn:aws-us-gov:x`))).toContain(body);
});

describe('a VPC endpoint policy of STS', () => {
  const refused = (operation: string) => {
    const because = 'with an explicit deny in a VPC endpoint policy';
    const message = `User: ${HOST_SESSION} is not authorized to perform: sts:${operation} on resource: x ${because}`;
    return JSON.parse(explain(aws('identity', operation, 'AccessDenied', message)).fixes[0]?.body ?? '').Statement[0];
  };

  it('GetCallerIdentity has no resource', () => {
    expect(refused('GetCallerIdentity')).toMatchObject({ Principal: { AWS: HOST_ROLE }, Resource: '*' });
  });

  it('a call with a token has no AWS principal yet', () => {
    expect(refused('AssumeRoleWithWebIdentity')).toMatchObject({ Principal: { AWS: '*' }, Resource: ROLE });
  });
});

describe('a token file on the host', () => {
  const mounted = {
    roleArn: 'arn:aws-us-gov:iam::444455556666:role/pod',
    claims: { issuer: 'https://oidc.eks.example/id/A1', audience: 'sts.amazonaws.com', subject: 'system:sa:ns:app' },
  };
  const exchange = (code: string, message: string) =>
    aws('credentials', 'AssumeRoleWithWebIdentity', code, message, { mounted });

  it('the trust policy names the issuer and the subject of that token, and the role of the host', () => {
    const { explanation, fixes } = explain(exchange('AccessDenied', 'Not authorized to perform …'));
    expect(explanation).toContain('sub “system:sa:ns:app”');
    expect(fixes[0]).toMatchObject({ kind: 'trust-policy', target: mounted.roleArn });
    expect(fixes[0]?.body).toContain('arn:aws-us-gov:iam::444455556666:oidc-provider/oidc.eks.example/id/A1');
    expect(fixes.map(({ target }) => target)).not.toContain('IAM Role');
  });

  it('no advice speaks of tokens that this server signs', () => {
    for (const shown of [
      exchange('ExpiredTokenException', 'Token expired'),
      exchange('InvalidIdentityTokenException', "Couldn't retrieve verification key from your identity provider"),
      exchange('InvalidIdentityTokenException', 'The ID Token signature is not valid.'),
    ]) {
      expect(bodies(shown)).not.toMatch(/signs a new token|WARDLINE_PUBLIC_URL/);
    }
  });

  it('the token of this server keeps its own advice', () => {
    const shown = aws('assume-role', 'AssumeRoleWithWebIdentity', 'ExpiredTokenException', 'Token expired', oidc);
    expect(bodies(shown)).toContain('Every test signs a new token.');
  });
});

it('a refused role is first looked up in the fields, before anything typed there gets into a policy', () => {
  const message = 'User: arn:aws:iam::111122223333:user/ada is not authorized to perform: sts:AssumeRole';
  const { fixes } = explain(aws('assume-role', 'AssumeRole', 'AccessDenied', message));
  expect(fixes.slice(0, 2).map(({ title }) => title)).toEqual(['Change “Role ARN”', 'Change “External ID”']);
});

it.each([
  ['InvalidClientTokenId', 'AKIA-made-up'],
  ['InvalidClientTokenId', 'ASIA-made-up'],
  ['SignatureDoesNotMatch', 'AKIA-made-up'],
  ['SignatureDoesNotMatch', 'ASIA-made-up'],
])('%s for %s: how to find the user comes before the commands that name it', (code, accessKeyId) => {
  const { fixes } = explain(aws('identity', 'GetCallerIdentity', code, 'no', { ...manual, accessKeyId }));
  const [first = -1, found = -1] = [/--user-name USER_NAME/, /UserName/].map((sought) =>
    fixes.findIndex(({ body }) => sought.test(body)),
  );
  expect(fixes[found]?.title).toContain('in place of USER_NAME below');
  expect(first).toBeGreaterThan(found);
});
