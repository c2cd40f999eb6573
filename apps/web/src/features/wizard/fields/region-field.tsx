import { Button, Select } from '@mantine/core';
import { parseKmsArn } from '@wardline/contracts';
import { useState } from 'react';
import { useRegions } from '../api/list-regions.ts';
import { useWizard } from '../wizard-context.ts';
import { Hint } from './hint.tsx';
import { regionGroups } from './region-options.ts';

interface Props {
  readonly error: string | undefined;
  readonly onBlur: () => void;
}

/** Where the key lives; told apart from the region in its ARN while one types. */
export function RegionField({ error, onBlur }: Props) {
  const { draft, update } = useWizard();
  const [search, setSearch] = useState('');
  const regions = useRegions();
  const arnRegion = draft.keyArnSource === 'plain' ? parseKmsArn(draft.kmsArnInPlainText)?.region : undefined;
  return (
    <div>
      <Select
        label="Region"
        required
        searchable
        placeholder="Search by name or code, for example Ireland or eu-west-1"
        nothingFoundMessage="A region code has only lowercase letters, digits and -"
        comboboxProps={{ withinPortal: false }}
        data={regionGroups(regions.data ?? [], draft.region, search)}
        value={draft.region || null}
        searchValue={search}
        onSearchChange={setSearch}
        onChange={(region) => update({ region: region ?? '' })}
        allowDeselect={false}
        error={error}
        onBlur={onBlur}
      />
      {regions.error && (
        <Hint tone="warning">The list of regions couldn’t be loaded. Type the code of the region.</Hint>
      )}
      {arnRegion && draft.region !== '' && arnRegion !== draft.region && (
        <Hint tone="warning">
          The key’s ARN says {arnRegion}, and a key can only be used in its own region.
          <Button size="compact-xs" variant="default" onClick={() => update({ region: arnRegion })}>
            Use {arnRegion}
          </Button>
        </Hint>
      )}
    </div>
  );
}
