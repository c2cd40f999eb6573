import type { AuditYaml } from '@wardline/contracts';
import { stringify } from 'yaml';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { fromColumns } from '../db/scope-columns.ts';
import { WardlineError } from '../wardline-error.ts';
import type { AuditEvent } from './audit-event.ts';

/**
 * What the entity of an event was before and after, as YAML and as JSON.
 * @throws WardlineError ENTITY_NOT_FOUND for an unknown event, NG_ACCESS_DENIED for one of a scope that the caller
 * may not audit.
 */
export async function eventYaml(
  { storage }: Pick<Deps, 'storage'>,
  { access }: Pick<Caller, 'access'>,
  id: string,
): Promise<AuditYaml> {
  const row = await storage.audit.find(id);
  if (!row)
    throw new WardlineError('ENTITY_NOT_FOUND', `There is no audit event “${id}”. Retention may have removed it.`);
  access.require('core_audit_view', fromColumns(row));
  const event: AuditEvent = JSON.parse(row.event);
  const { before, after } = event;
  return { oldYaml: toYaml(before), newYaml: toYaml(after), before: toJson(before), after: toJson(after) };
}

const toYaml = (entity: object | undefined): string | null => (entity ? stringify(entity) : null);
const toJson = (entity: object | undefined): Record<string, unknown> | null => (entity ? { ...entity } : null);
