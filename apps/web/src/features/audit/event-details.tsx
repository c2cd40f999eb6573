import { Button, Group } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import type { AuditEventResponse } from '@wardline/contracts';
import { useState } from 'react';
import { formatExact } from '../../lib/format.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Definition, Definitions } from '../../ui/definitions.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useStates } from './api/get-states.ts';
import { Difference, DifferenceSkeleton } from './difference.tsx';
import classes from './event-list.module.css';
import { ResourceLink } from './resource-link.tsx';
import { methodWords, OUTCOME_WORDS, PRINCIPAL_WORDS, RESOURCE_WORDS } from './words.ts';

/** All that is known of an event: what it changed, who did it and from where. */
export function EventDetails({ event }: { readonly event: AuditEventResponse }) {
  return (
    <div className={classes.details}>
      {event.hasDiff && <Changes auditId={event.auditId} />}
      <Facts event={event} />
      <Raw event={event} />
    </div>
  );
}

function Changes({ auditId }: { readonly auditId: string }) {
  const { data, error, refetch } = useStates(auditId);
  if (data) return <Difference before={data.before} after={data.after} />;
  if (error) return <ErrorPanel error={error} title="What was changed could not be loaded" onRetry={refetch} />;
  return <DifferenceSkeleton />;
}

function Facts({ event }: { readonly event: AuditEventResponse }) {
  const { authenticationInfo, resource, resourceScope, httpRequestInfo, requestMetadata, details } = event;
  const { principal, labels } = authenticationInfo;
  const { orgIdentifier: org, projectIdentifier: project } = resourceScope;
  return (
    <Definitions>
      <Definition name="When">{formatExact(event.timestamp)}</Definition>
      <Definition name="Outcome">{OUTCOME_WORDS[event.outcome]}</Definition>
      <Definition name="Who">
        {PRINCIPAL_WORDS[principal.type]} <span className="wl-mono">{principal.identifier}</span>
      </Definition>
      {labels.method && <Definition name="Proved by">{methodWords(labels.method)}</Definition>}
      {requestMetadata?.clientIP && (
        <Definition name="Address">
          <span className="wl-mono">{requestMetadata.clientIP}</span>
        </Definition>
      )}
      {resource.identifier && (
        <Definition name="On">
          {RESOURCE_WORDS[resource.type]} <ResourceLink resource={resource} scope={resourceScope} />
        </Definition>
      )}
      {org && <Definition name="Scope">{project ? `project ${project} of ${org}` : `organization ${org}`}</Definition>}
      {httpRequestInfo && (
        <Definition name="Request">
          <span className="wl-mono">
            {httpRequestInfo.requestMethod} {httpRequestInfo.requestPath}
          </span>
        </Definition>
      )}
      {Object.entries(details).map(([name, value]) => (
        <Definition key={name} name={name.charAt(0).toUpperCase() + name.slice(1)}>
          {String(value)}
        </Definition>
      ))}
      {event.requestId && (
        <Definition name="Request ID">
          <CopyValue value={event.requestId} what="request ID" />
        </Definition>
      )}
      <Definition name="In the chain">
        Event {event.seq}, hash <span className="wl-mono">{event.hash.slice(0, 16)}…</span>
      </Definition>
    </Definitions>
  );
}

/** The event as the API answers it, with the states before and after. */
function Raw({ event }: { readonly event: AuditEventResponse }) {
  const [shown, setShown] = useState(false);
  return (
    <div>
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconBraces size={14} aria-hidden />}
          aria-expanded={shown}
          onClick={() => setShown((now) => !now)}
        >
          {shown ? 'Hide JSON' : 'Show JSON'}
        </Button>
      </Group>
      {shown && (event.hasDiff ? <RawWithStates event={event} /> : <Json value={event} />)}
    </div>
  );
}

function RawWithStates({ event }: { readonly event: AuditEventResponse }) {
  const { data } = useStates(event.auditId);
  return data ? <Json value={{ ...event, before: data.before, after: data.after }} /> : null;
}

const Json = ({ value }: { readonly value: object }) => (
  <CodeBlock title="JSON" code={JSON.stringify(value, undefined, 2)} />
);
