import { Alert, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { SecretManager } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { AnchorLink } from '../../../ui/links.tsx';
import { useManagers } from '../api/list-managers.ts';
import type { SecretsSearch } from '../secrets-search.ts';

const sum = (managers: readonly SecretManager[], of: 'failed' | 'overdue' | 'due'): number =>
  managers.reduce((total, manager) => total + manager[of], 0);

const values = (count: number): string => (count === 1 ? '1 stored value' : `${count} stored values`);

/** Says where stored values could not be read, or were not proven readable in time; nothing where all is well. */
export function ProofAlert() {
  const { data } = useManagers();
  if (!data) return null;
  const failed = sum(data.managers, 'failed');
  const overdue = sum(data.managers, 'overdue');
  if (failed > 0) {
    return (
      <Notice color="red" title={`${values(failed)} could not be read`} proof="failed">
        The last check did not decrypt {failed === 1 ? 'it' : 'them'}. Whoever needs {failed === 1 ? 'it' : 'them'} now
        gets an error.
      </Notice>
    );
  }
  if (overdue > 0) {
    return (
      <Notice
        color="yellow"
        title={`${values(overdue)} not proven readable for more than ${data.proofDays} days`}
        proof="overdue"
      >
        Wardline decrypts stored values again and again, to know that they can be read before somebody needs them. These
        have waited too long.
      </Notice>
    );
  }
  const due = sum(data.managers, 'due');
  if (due === 0) return null;
  return (
    <Notice color="yellow" title={`${values(due)} soon not proven readable for ${data.proofDays} days`} proof="due">
      Whatever proves stored values has not come around to these for most of that time. Look whether their secret
      manager can be used.
    </Notice>
  );
}

const SHOWN = {
  failed: 'what can’t be read',
  overdue: 'what is overdue',
  due: 'what is due',
} as const;

interface NoticeProps {
  readonly color: string;
  readonly title: string;
  readonly proof: keyof typeof SHOWN & SecretsSearch['proof'];
  readonly children: ReactNode;
}

function Notice({ color, title, proof, children }: NoticeProps) {
  return (
    <Alert
      color={color}
      variant="light"
      mb="md"
      title={title}
      icon={<IconAlertTriangle size={18} aria-hidden />}
      role="status"
    >
      <Group gap={6} component="span">
        <Text span size="sm">
          {children}
        </Text>
        <AnchorLink size="sm" to="/settings/secrets" search={{ proof }}>
          Show {SHOWN[proof]}
        </AnchorLink>
      </Group>
    </Alert>
  );
}
