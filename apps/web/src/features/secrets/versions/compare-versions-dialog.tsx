import { Modal, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import type { SecretResponse, SecretVersion } from '@wardline/contracts';
import { useState } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { Difference } from '../../audit/difference.tsx';
import { originWords } from './version-words.ts';

interface Props {
  readonly secret: Pick<SecretResponse['secret'], 'name'>;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Newest first. */
  readonly versions: readonly SecretVersion[];
  /** The older one to begin with; the current one is beside it. */
  readonly from: number;
}

/** What differs between two versions: everything but the values, of which it says only whether they are the same. */
export function CompareVersionsDialog({ secret, opened, onClose, versions, from }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Compare versions of ${secret.name}`}
      size={720}
      returnFocus={false}
    >
      <Comparison versions={versions} first={from} />
    </Modal>
  );
}

/** What can be compared of a version. The value is told by the version that first had it. */
function stateOf({ name, description, tags, byteLength, keyArn, ...version }: SecretVersion) {
  const value = `that of version ${version.valueOf}`;
  return { name, description, tags, value, size: formatBytes(byteLength), key: keyArn };
}

function Comparison({ versions, first }: { readonly versions: readonly SecretVersion[]; readonly first: number }) {
  const [older, setOlder] = useState(first);
  const [newer, setNewer] = useState(versions[0]?.version ?? first);
  const find = (wanted: number) => versions.find(({ version }) => version === wanted);
  const [before, after] = [find(older), find(newer)];
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Choice label="Before" versions={versions} value={older} onChange={setOlder} />
        <Choice label="After" versions={versions} value={newer} onChange={setNewer} />
      </SimpleGrid>
      {before && after && older !== newer ? (
        <Difference before={stateOf(before)} after={stateOf(after)} />
      ) : (
        <Text size="sm" c="dimmed">
          Choose two different versions.
        </Text>
      )}
    </Stack>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly versions: readonly SecretVersion[];
  readonly value: number;
  readonly onChange: (version: number) => void;
}

function Choice({ label, versions, value, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      label={label}
      value={String(value)}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
      data={versions.map((version) => ({
        value: String(version.version),
        label: `Version ${version.version}${version.current ? ' (current)' : ''} · ${originWords(version)}`,
      }))}
    />
  );
}
