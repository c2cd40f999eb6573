import {
  type AuditFilterRequest,
  type AuditPrincipalType,
  auditActionSchema,
  auditOutcomeSchema,
  auditPrincipalTypeSchema,
  auditResourceTypeSchema,
} from '@wardline/contracts';
import type { AuditSearch } from './audit-search.ts';

const HOUR_MS = 60 * 60 * 1000;

/** The spans of time to choose from, in milliseconds before now. */
export const RANGES = {
  hour: { label: 'Last hour', ms: HOUR_MS },
  day: { label: 'Last 24 hours', ms: 24 * HOUR_MS },
  week: { label: 'Last 7 days', ms: 7 * 24 * HOUR_MS },
  month: { label: 'Last 30 days', ms: 30 * 24 * HOUR_MS },
} as const;
type Range = keyof typeof RANGES;

const isRange = (text: string | undefined): text is Range => text !== undefined && Object.hasOwn(RANGES, text);

/** From when to when, in epoch milliseconds; undefined for no bound. */
function times({ range, from, to }: AuditSearch, now: number): { startTime?: number; endTime?: number } {
  if (isRange(range)) return { startTime: now - RANGES[range].ms };
  if (range !== 'custom') return {};
  return { ...(from !== undefined && { startTime: from }), ...(to !== undefined && { endTime: to }) };
}

/** Of which kind somebody is: as chosen; else persons are named by an e-mail address, and programs are not. */
function principalType({ who, whoType }: AuditSearch): AuditPrincipalType | undefined {
  const chosen = auditPrincipalTypeSchema.safeParse(whoType);
  if (chosen.success) return chosen.data;
  if (who === undefined) return undefined;
  return who.includes('@') ? 'USER' : 'SERVICE_ACCOUNT';
}

/** What the URL asks for, as far as it makes sense. */
function narrowing(search: AuditSearch) {
  return {
    action: auditActionSchema.safeParse(search.action).data,
    outcome: auditOutcomeSchema.safeParse(search.outcome).data,
    resource: auditResourceTypeSchema.safeParse(search.resource).data,
    principal: principalType(search),
  };
}

/** The filter of the list. @param now epoch milliseconds */
export function auditFilter(search: AuditSearch, now: number): AuditFilterRequest {
  const { action, outcome, resource, principal } = narrowing(search);
  const { id, who } = search;
  // An ID of no known kind may be one of any kind.
  const types = resource ? [resource] : id === undefined ? [] : auditResourceTypeSchema.options;
  return {
    filterType: 'Audit',
    ...times(search, now),
    ...(action && { actions: [action] }),
    ...(outcome && { outcomes: [outcome] }),
    ...(types.length > 0 && { resources: types.map((type) => ({ type, identifier: id })) }),
    ...(principal && { principals: [{ type: principal, identifier: who }] }),
  };
}

/** Why what is asked for can't be exported; undefined where it can. */
export function notExportable(search: AuditSearch): string | undefined {
  const anyKind = search.id !== undefined && narrowing(search).resource === undefined;
  return anyKind ? 'An export needs the kind of what has this ID. Choose it above.' : undefined;
}

/** Where the browser gets the same events as lines of JSON. @param now epoch milliseconds */
export function exportUrl(search: AuditSearch, now: number): string {
  const { action, outcome, resource, principal } = narrowing(search);
  const { startTime, endTime } = times(search, now);
  const parameters = {
    startTime,
    endTime,
    actions: action,
    outcomes: outcome,
    resourceTypes: resource,
    resourceIdentifier: search.id,
    principalTypes: principal,
    principalIdentifier: principal && search.who,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return `/audit/api/audits/export${text && `?${text}`}`;
}
