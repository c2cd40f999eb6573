import type { EntityUser } from '@wardline/contracts';
import { AnchorLink } from '../../ui/links.tsx';

interface Props {
  readonly entity: Pick<EntityUser, 'type' | 'identifier' | 'name'>;
  readonly onClick?: () => void;
}

/** Another entity by name and ID; a link where the console has a page for it. */
export function EntityLink({ entity, onClick }: Props) {
  switch (entity.type) {
    case 'Connectors':
      return (
        <>
          Connector{' '}
          <AnchorLink
            to="/settings/connectors/$connectorId"
            params={{ connectorId: entity.identifier }}
            {...(onClick && { onClick })}
          >
            {entity.name}
          </AnchorLink>{' '}
          <span className="wl-mono">{entity.identifier}</span>
        </>
      );
    case 'Secrets':
      return (
        <>
          Secret {entity.name} <span className="wl-mono">{entity.identifier}</span>
        </>
      );
  }
}
