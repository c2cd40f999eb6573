import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../../ui/page-header.tsx';
import { accountTrail } from '../../ui/trails.ts';
import { exportUrl, notExportable } from './audit-filter.ts';
import { AuditFilters } from './audit-filters.tsx';
import type { AuditSearch } from './audit-search.ts';
import { EventList } from './event-list.tsx';
import { VerifyDialog } from './verify-dialog.tsx';

const route = getRouteApi('/settings/audit');

/** Who did what, from where, and what came of it. */
export function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [verifying, verification] = useDisclosure();
  const change = (next: Partial<AuditSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  return (
    <>
      <PageHeader
        title="Audit log"
        trail={accountTrail}
        description="Every change, sign-in, test, read of a secret’s value and refusal. Each event is chained to the one before, so that nothing can be changed or removed unnoticed."
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconShieldCheck size={16} aria-hidden />}
              onClick={verification.open}
            >
              Verify
            </Button>
            <ExportButton search={search} />
          </>
        }
      />
      <AuditFilters search={search} onChange={change} />
      <EventList search={search} onClear={() => void navigate({ search: {}, replace: true })} />
      <VerifyDialog opened={verifying} onClose={verification.close} />
    </>
  );
}

/** The browser downloads by itself, line by line to the disk: a log may be larger than its memory. */
function ExportButton({ search }: { readonly search: AuditSearch }) {
  const hindered = notExportable(search);
  const icon = <IconDownload size={16} aria-hidden />;
  if (hindered) {
    return (
      <Button variant="default" leftSection={icon} disabled title={hindered}>
        Export
      </Button>
    );
  }
  return (
    <Button
      component="a"
      variant="default"
      leftSection={icon}
      href={exportUrl(search, Date.now())}
      download="wardline-audit.jsonl"
      title="What the filters show, as lines of JSON, the oldest first"
    >
      Export
    </Button>
  );
}
