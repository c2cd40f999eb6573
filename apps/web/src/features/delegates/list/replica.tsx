import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { DelegateGroup } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import { clockProblem, reasonOf } from '../reasons.ts';
import classes from './delegates.module.css';

type Instance = DelegateGroup['delegateInstanceDetails'][number];

interface Props {
  readonly instance: Instance;
  /** The version of the server; undefined until it is known. */
  readonly serverVersion: string | undefined;
}

function tasksOf({ activelyConnected, running, capacity }: Instance): string {
  if (!activelyConnected) return 'None';
  return running === null ? 'Known to another server process' : `${running} of ${capacity}`;
}

/** What deserves attention, each a sentence. */
function problemsOf({ instance, serverVersion }: Props): readonly { readonly title: string; readonly text: string }[] {
  const clock = clockProblem(instance.clockSkewMs, instance.activelyConnected);
  const outdated = serverVersion !== undefined && instance.version !== serverVersion;
  return [
    ...(instance.disconnectReason ? [reasonOf(instance.disconnectReason)] : []),
    ...(clock
      ? [{ title: instance.activelyConnected ? 'Its clock is wrong' : 'Its clock was wrong', text: clock }]
      : []),
    ...(outdated && instance.activelyConnected
      ? [
          {
            title: `It runs version ${instance.version}, the server ${serverVersion}`,
            text: 'Fetch the agent again from this server and start it anew.',
          },
        ]
      : []),
  ];
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One process of a delegate: where it runs, how it does, and what is wrong with it. */
export function Replica({ instance, serverVersion }: Props) {
  return (
    <li className={classes.replica}>
      <dl className={classes.facts}>
        <Fact name="Host">
          <span className="wl-mono">{instance.hostName}</span>
        </Fact>
        <Fact name="Connectivity">
          {instance.activelyConnected ? (
            <StatusWord tone="success">Connected</StatusWord>
          ) : (
            <StatusWord tone="failure">Disconnected</StatusWord>
          )}
        </Fact>
        <Fact name="Heartbeat">
          <RelativeTime time={instance.lastHeartbeat} />
        </Fact>
        <Fact name="Version">{instance.version}</Fact>
        <Fact name="Tasks now">{tasksOf(instance)}</Fact>
        <Fact name="Token">
          {instance.tokenName ?? 'Needs none'}
          {!instance.tokenActive && ' (revoked)'}
        </Fact>
      </dl>
      {problemsOf({ instance, serverVersion }).map(({ title, text }) => (
        <div key={title} className={classes.problem}>
          <IconAlertTriangle size={17} aria-hidden />
          <Text size="sm">
            <strong>{title}.</strong> {text}
          </Text>
        </div>
      ))}
    </li>
  );
}
