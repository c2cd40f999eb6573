import type { RoleAssignmentAggregate } from '@wardline/contracts';
import { AnchorLink } from '../../ui/links.tsx';

/** Who has a role, as the way to their page. Those of scopes below the account have none yet. */
export function HolderLink({ principal }: { readonly principal: RoleAssignmentAggregate['principal'] }) {
  const { type, identifier, name, scopeLevel } = principal;
  switch (type) {
    case 'USER':
      return (
        <AnchorLink to="/settings/access-control/users/$userId" params={{ userId: identifier }}>
          {name}
        </AnchorLink>
      );
    case 'USER_GROUP':
      if (scopeLevel !== 'account') return name;
      return (
        <AnchorLink to="/settings/access-control/groups/$groupId" params={{ groupId: identifier }}>
          {name}
        </AnchorLink>
      );
    case 'SERVICE_ACCOUNT':
      if (scopeLevel !== 'account') return name;
      return (
        <AnchorLink to="/settings/access-control/service-accounts/$accountId" params={{ accountId: identifier }}>
          {name}
        </AnchorLink>
      );
  }
}
