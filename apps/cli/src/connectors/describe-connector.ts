import type { ConnectorResponse } from '@wardline/contracts';
import { referenceTo } from '../server/address.ts';
import { isoTime } from '../terminal/iso-time.ts';

/** A connector as `--json` has it. Times are ISO 8601 in UTC. */
export function describeConnector({ connector, status, disabled, createdAt, lastModifiedAt }: ConnectorResponse) {
  const { identifier, orgIdentifier, projectIdentifier, name, description, tags, type, spec } = connector;
  return {
    reference: referenceTo(connector),
    identifier,
    org: orgIdentifier,
    project: projectIdentifier,
    name,
    description,
    tags,
    type,
    credential: spec.credential.type,
    region: spec.region,
    keyArn: spec.kmsArnInPlainText ?? null,
    default: spec.default,
    disabled,
    status: status.status,
    testedAt: isoTime(status.testedAt),
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(lastModifiedAt),
  };
}
