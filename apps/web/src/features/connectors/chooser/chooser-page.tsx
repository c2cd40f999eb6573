import { Skeleton, Text, Title } from '@mantine/core';
import { IconArrowRight, IconKey } from '@tabler/icons-react';
import card from '../../../ui/card.module.css';
import { CardFace } from '../../../ui/card-face.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { PlainLink } from '../../../ui/links.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { connectorsTrail } from '../../../ui/trails.ts';
import { useCatalogue } from '../api/get-catalogue.ts';
import classes from './chooser.module.css';

/** The first choice of New Connector: what to connect to. Shows what the server offers and the console can set up. */
export function ChooserPage() {
  const { data, error, refetch } = useCatalogue();
  const secretManagers = data?.catalogue.find(({ category }) => category === 'SECRET_MANAGER')?.connectors;
  return (
    <>
      <PageHeader
        title="New Connector"
        trail={connectorsTrail}
        description="Choose what to connect to. You can test the connection before you save anything."
      />
      {error && !data && <ErrorPanel error={error} title="The choices could not be loaded" onRetry={refetch} />}
      {!error && (
        <section aria-labelledby="secret-managers">
          <Title order={2} id="secret-managers" mb={4}>
            Secret Managers
          </Title>
          <Text size="sm" c="dimmed" mb="md" maw="70ch">
            A secret manager keeps the key that protects your secrets. Wardline stores them encrypted under that key,
            which never leaves the secret manager.
          </Text>
          <div className={classes.grid}>
            {!data && <Skeleton height={132} radius="lg" />}
            {secretManagers?.includes('AwsKms') && <AwsKmsCard />}
            {data && !secretManagers?.includes('AwsKms') && (
              <Text size="sm">This server offers no secret manager that the console can set up.</Text>
            )}
          </div>
        </section>
      )}
    </>
  );
}

function AwsKmsCard() {
  return (
    <PlainLink to="/settings/connectors/new/aws-kms/$step" params={{ step: 'overview' }} className={card.card}>
      <CardFace icon={<IconKey size={22} stroke={1.7} aria-hidden />} title="AWS KMS">
        Encrypts secrets under a symmetric key in your AWS account. Signs in with an access key, the role of a host, a
        role assumed through STS, or OIDC.
      </CardFace>
      <IconArrowRight size={18} aria-hidden className={classes.arrow} />
    </PlainLink>
  );
}
