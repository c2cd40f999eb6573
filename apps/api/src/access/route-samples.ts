import type { Place } from '../db/scope-columns.ts';
import { connector, secret } from '../test-support/fixtures.ts';

/** What a request sends besides path and scope, so that it is valid and comes to the check of its rights. */
interface Sample {
  readonly query?: Readonly<Record<string, string>>;
  /** The body, for the scope that is asked about. */
  readonly body?: (place: Place) => unknown;
}

const group = { identifier: 'sample', name: 'Sample' };
const assignment = { roleIdentifier: '_account_viewer', principal: { type: 'USER', identifier: 'nobody' } };
const key = { apiKeyType: 'SERVICE_ACCOUNT', parentIdentifier: 'nothing' } as const;
const keyOfToken = { ...key, apiKeyIdentifier: 'nothing' } as const;
const connectorBody = (place: Place) => connector('sample', place);
const secretBody = (place: Place) => secret('sample', undefined, place);
const describedSecret = (place: Place) => secret('sample', '', place);
const named = (more: object = {}) => ({
  body: (place: Place) => ({ identifier: 'nothing', name: 'Sample', ...place, ...more }),
});

/**
 * By method and route. A route that is not here is called with its scope and an empty body, which suits those that have
 * no required parameters.
 */
export const ROUTE_SAMPLES: Readonly<Record<string, Sample>> = {
  'POST /api/users': { body: () => ({ email: 'sample@test.invalid', name: 'Sample' }) },
  'PUT /api/users/:id': { body: () => ({ name: 'Sample', disabled: false }) },
  'POST /authz/api/acl': {
    body: (place) => ({ permissions: [{ resourceScope: place, permission: 'core_role_view' }] }),
  },
  'POST /authz/api/roles': { body: () => ({ ...group, permissions: ['core_connector_view'] }) },
  'PUT /authz/api/roles/:identifier': { body: () => ({ ...group, identifier: 'nothing' }) },
  'POST /authz/api/roleassignments': { body: () => assignment },
  'POST /authz/api/roleassignments/multi': { body: () => ({ roleAssignments: [assignment] }) },
  'POST /authz/api/roleassignments/validate': { body: () => ({ roleAssignment: assignment }) },
  'PUT /authz/api/roleassignments/:identifier': { body: () => assignment },
  'POST /ng/api/user-groups': { body: () => group },
  'PUT /ng/api/user-groups': { body: () => group },
  'POST /ng/api/user-groups/batch': { body: (place) => ({ accountIdentifier: 'default', ...place }) },
  'POST /ng/api/v2/user-groups': { body: () => group },
  'PUT /ng/api/v2/user-groups': { body: () => group },
  'POST /ng/api/connectors': { body: connectorBody },
  'PUT /ng/api/connectors': { body: connectorBody },
  'GET /ng/api/connectors/validateUniqueIdentifier': { query: { identifier: 'nothing' } },
  'POST /ng/api/connectors/listbyfqn': {
    body: ({ orgIdentifier, projectIdentifier }) => [
      ['default', orgIdentifier, projectIdentifier, 'nothing'].filter((part) => part !== undefined).join('/'),
    ],
  },
  'POST /api/connectors/test': { body: connectorBody },
  'POST /api/connectors/testOnDelegates': { body: connectorBody },
  'POST /api/secrets/resolve': { body: () => ({ references: ['nothing'] }) },
  'POST /ng/api/v2/secrets': { body: secretBody },
  'PUT /ng/api/v2/secrets/:identifier': { body: secretBody },
  'POST /ng/api/v2/secrets/yaml': { body: describedSecret },
  'PUT /ng/api/v2/secrets/:identifier/yaml': { body: describedSecret },
  'POST /ng/api/v2/secrets/validate': { query: { identifier: 'nothing' } },
  'GET /ng/api/entitySetupUsage': { query: { identifier: 'nothing', referredEntityType: 'Connectors' } },
  'GET /ng/api/entitySetupUsage/v2': { query: { identifier: 'nothing', referredEntityType: 'Connectors' } },
  'POST /ng/api/serviceaccount': named(),
  'PUT /ng/api/serviceaccount/:identifier': named(),
  'POST /ng/api/apikey': named(key),
  'PUT /ng/api/apikey/:identifier': named(key),
  'DELETE /ng/api/apikey/:identifier': { query: key },
  'GET /ng/api/apikey': { query: key },
  'GET /ng/api/apikey/aggregate': { query: key },
  'GET /ng/api/apikey/aggregate/:identifier': { query: key },
  'POST /ng/api/token': named(keyOfToken),
  'PUT /ng/api/token/:identifier': named(keyOfToken),
  'DELETE /ng/api/token/:identifier': { query: keyOfToken },
  'POST /ng/api/token/rotate/:identifier': { query: keyOfToken },
  'GET /ng/api/token/aggregate': { query: keyOfToken },
  'POST /ng/api/delegate-token-ng': { query: { tokenName: 'sample' } },
  'PUT /ng/api/delegate-token-ng': { query: { tokenName: 'nothing' } },
  'DELETE /ng/api/delegate-token-ng': { query: { tokenName: 'nothing' } },
  'GET /audit/api/auditYaml': { query: { auditId: 'nothing' } },
};

/** A path that a pattern matches, with something in the place of each parameter that is valid and is not there. */
export function samplePath(pattern: string): string {
  return pattern
    .replace(':accountId', 'default')
    .replace(':version', '1')
    .replace(/:\w+/g, 'nothing')
    .replace('*', 'nothing');
}
