import type { AuditEventResponse } from '@wardline/contracts';
import { AnchorLink } from '../../ui/links.tsx';

interface Props {
  readonly resource: AuditEventResponse['resource'];
  readonly scope: AuditEventResponse['resourceScope'];
}

/** What an event is about; the way to its page where there is one. It may be gone by now. */
export function ResourceLink({ resource, scope }: Props) {
  const { type, identifier, labels } = resource;
  const name = labels.resourceName ?? identifier;
  const shown = (
    <>
      {name} {name !== identifier && <span className="wl-mono">({identifier})</span>}
    </>
  );
  if (scope.orgIdentifier) return shown;
  switch (type) {
    case 'CONNECTOR':
      return (
        <AnchorLink size="sm" to="/settings/connectors/$connectorId" params={{ connectorId: identifier }}>
          {shown}
        </AnchorLink>
      );
    case 'USER':
      return (
        <AnchorLink size="sm" to="/settings/access-control/users" search={{ q: identifier }}>
          {shown}
        </AnchorLink>
      );
    case 'USER_GROUP':
      return (
        <AnchorLink size="sm" to="/settings/access-control/groups/$groupId" params={{ groupId: identifier }}>
          {shown}
        </AnchorLink>
      );
    case 'SERVICE_ACCOUNT':
      return (
        <AnchorLink
          size="sm"
          to="/settings/access-control/service-accounts/$accountId"
          params={{ accountId: identifier }}
        >
          {shown}
        </AnchorLink>
      );
    case 'ROLE':
      return (
        <AnchorLink size="sm" to="/settings/access-control/roles/$roleId" params={{ roleId: identifier }}>
          {shown}
        </AnchorLink>
      );
    case 'ROLE_ASSIGNMENT':
      return (
        <AnchorLink size="sm" to="/settings/access-control/assignments">
          {shown}
        </AnchorLink>
      );
    case 'SECRET':
      return (
        <AnchorLink size="sm" to="/settings/secrets/$secretId" params={{ secretId: identifier }}>
          {shown}
        </AnchorLink>
      );
    case 'DELEGATE':
    case 'DELEGATE_TOKEN':
    case 'API_KEY':
    case 'TOKEN':
    case 'SESSION':
    case 'OIDC_KEY':
    case 'AUDIT':
    case 'ACCOUNT':
      return shown;
  }
}
