import type { EntityUser } from '@wardline/contracts';
import { AnchorLink } from '../../ui/links.tsx';
import classes from './entity-link.module.css';

interface Props {
  readonly entity: EntityUser;
  /** Where the words around it say what it is. */
  readonly kindIsSaid?: boolean;
  readonly onClick?: () => void;
}

/** Another entity by name and ID; a link where the console has a page for it, which it has for those of the account. */
export function EntityLink({ entity, kindIsSaid = false, onClick }: Props) {
  const { type, identifier, orgIdentifier, projectIdentifier } = entity;
  return (
    <span className={classes.line}>
      {!kindIsSaid && <span>{type === 'Connectors' ? 'Connector' : 'Secret'}</span>}{' '}
      <Name entity={entity} {...(onClick && { onClick })} />{' '}
      <span className={`wl-mono ${classes.identifier}`}>{identifier}</span>{' '}
      {orgIdentifier && (
        <span>
          in {projectIdentifier ? `project ${projectIdentifier} of ${orgIdentifier}` : `organization ${orgIdentifier}`}
        </span>
      )}
    </span>
  );
}

function Name({ entity: { type, name, identifier, orgIdentifier }, onClick }: Pick<Props, 'entity' | 'onClick'>) {
  if (orgIdentifier) return <span>{name}</span>;
  const left = { size: 'sm', ...(onClick && { onClick }) } as const;
  return type === 'Connectors' ? (
    <AnchorLink to="/settings/connectors/$connectorId" params={{ connectorId: identifier }} {...left}>
      {name}
    </AnchorLink>
  ) : (
    <AnchorLink to="/settings/secrets/$secretId" params={{ secretId: identifier }} {...left}>
      {name}
    </AnchorLink>
  );
}
