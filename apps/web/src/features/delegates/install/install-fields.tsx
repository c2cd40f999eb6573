import { Button, Collapse, NumberInput, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import classes from './install.module.css';
import { type InstallField, type InstallValues, isLoopback } from './install-values.ts';

interface Props {
  readonly values: InstallValues;
  readonly errors: Partial<Record<InstallField, string>>;
  readonly onChange: (values: InstallValues) => void;
}

const LOOPBACK =
  'This address leads to the server only from its own host. From elsewhere, or inside a container, use the server’s name.';

/** What the delegate is called and has; what few need is folded away. */
export function InstallFields({ values, errors, onChange }: Props) {
  const [advanced, { toggle }] = useDisclosure(
    [errors.caFile, errors.proxy, errors.noProxy].some((error) => error !== undefined),
  );
  const advancedId = useId();
  const text = (field: Exclude<InstallField, 'tags' | 'replicas'>) => ({
    value: values[field],
    error: errors[field],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ ...values, [field]: value }),
  });
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput label="Name" description="Replicas share it. It counts as a tag." data-autofocus {...text('name')} />
        <TagsInput
          label="Tags"
          description="What connectors choose it by."
          value={[...values.tags]}
          error={errors.tags}
          onChange={(tags) => onChange({ ...values, tags })}
          splitChars={[',', ' ']}
          placeholder={values.tags.length === 0 ? 'For example eu-west-production' : ''}
        />
      </SimpleGrid>
      <TextInput
        label="Address of Wardline"
        description={isLoopback(values.managerUrl) ? LOOPBACK : 'As the delegate reaches it.'}
        {...text('managerUrl')}
      />
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={advanced}
          aria-controls={advancedId}
          leftSection={<IconChevronRight size={15} aria-hidden className={classes.chevron} />}
          onClick={toggle}
        >
          Replicas, image, proxy and certificates
        </Button>
        <Collapse expanded={advanced} id={advancedId}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt="sm">
            <NumberInput
              label="Replicas"
              description="For Compose, Kubernetes and Helm."
              min={1}
              max={100}
              allowDecimal={false}
              value={values.replicas}
              error={errors.replicas}
              onChange={(replicas) => onChange({ ...values, replicas: Number(replicas) })}
            />
            <TextInput label="Image" description="What you call it when you build it." {...text('image')} />
            <TextInput
              label="Proxy"
              description="Towards Wardline and AWS. Optional."
              placeholder="http://proxy.example.com:3128"
              {...text('proxy')}
            />
            <TextInput
              label="Without the proxy"
              description="Hosts that are reached directly. Optional."
              placeholder=".internal,kms.eu-west-1.amazonaws.com"
              {...text('noProxy')}
            />
            <TextInput
              label="File with certificates of your own authority"
              description="PEM, on the host. Optional."
              placeholder="/etc/ssl/certs/company-ca.pem"
              {...text('caFile')}
            />
          </SimpleGrid>
        </Collapse>
      </div>
    </Stack>
  );
}
