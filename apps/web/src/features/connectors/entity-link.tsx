import type { EntityUser } from '@wardline/contracts';
import { AnchorLink } from '../../ui/links.tsx';

interface Props {
  readonly entity: EntityUser;
  readonly onClick?: () => void;
}

/** Another entity by name and ID; a link where the console has a page for it, which it has for those of the account. */
export function EntityLink({ entity, onClick }: Props) {
  const { type, name, identifier, orgIdentifier, projectIdentifier } = entity;
  // Between words of the same size, its colour alone would not tell it in the dark scheme.
  const left = { size: 'sm', underline: 'always', ...(onClick && { onClick }) } as const;
  const id = <span className="wl-mono">{identifier}</span>;
  const kind = type === 'Connectors' ? 'Connector' : 'Secret';
  if (orgIdentifier) {
    return (
      <>
        {kind} {name} {id} in{' '}
        {projectIdentifier ? `project ${projectIdentifier} of ${orgIdentifier}` : `organization ${orgIdentifier}`}
      </>
    );
  }
  return (
    <>
      {kind}{' '}
      {type === 'Connectors' ? (
        <AnchorLink to="/settings/connectors/$connectorId" params={{ connectorId: identifier }} {...left}>
          {name}
        </AnchorLink>
      ) : (
        <AnchorLink to="/settings/secrets/$secretId" params={{ secretId: identifier }} {...left}>
          {name}
        </AnchorLink>
      )}{' '}
      {id}
    </>
  );
}
