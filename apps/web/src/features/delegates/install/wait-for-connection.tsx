import { Text } from '@mantine/core';
import type { DelegateGroup, DelegateRefusal } from '@wardline/contracts';
import { useState } from 'react';
import { Announce } from '../../../ui/announce.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import { useDelegates } from '../api/list-delegates.ts';
import { useRefusals } from '../api/list-refusals.ts';
import { reasonOf } from '../reasons.ts';
import { before, type ConnectionNews, newsOf } from './connection-news.ts';
import classes from './install.module.css';

/** How often one looks while someone waits, in milliseconds. */
const LOOK_MS = 1500;

/** Waits for a delegate of this name that is not there yet, and says when it has come or why it was refused. */
export function WaitForConnection({ name }: { readonly name: string }) {
  const { data: groups } = useDelegates(LOOK_MS);
  const { data: refusals } = useRefusals(LOOK_MS);
  if (!groups || !refusals) return null;
  return <Waiting name={name} groups={groups} refusals={refusals} />;
}

interface Props {
  readonly name: string;
  readonly groups: readonly DelegateGroup[];
  readonly refusals: readonly DelegateRefusal[];
}

function Waiting({ name, groups, refusals }: Props) {
  const [then] = useState(() => before(groups, refusals));
  const news = newsOf(name, then, groups, refusals);
  return (
    <section className={classes.wait} data-state={news.kind} aria-label="Connection of the new delegate">
      <News name={name} news={news} />
      <Announce>{announcementOf(name, news)}</Announce>
    </section>
  );
}

function News({ name, news }: { readonly name: string; readonly news: ConnectionNews }) {
  switch (news.kind) {
    case 'waiting':
      return (
        <>
          <StatusWord tone="running">Waiting for {name} to connect…</StatusWord>
          <Text size="xs" c="dimmed" mt={4}>
            It shows here a few seconds after you have started it.
          </Text>
        </>
      );
    case 'connected':
      return (
        <>
          <StatusWord tone="success">{name} is connected</StatusWord>
          <Text size="xs" c="dimmed" mt={4}>
            {news.instances.map(({ hostName, version }) => `From ${hostName}, version ${version}.`).join(' ')} You can
            close this.
          </Text>
        </>
      );
    case 'refused': {
      const { title, text } = reasonOf(news.refusal.code);
      return (
        <>
          <StatusWord tone="failure">{name} was refused</StatusWord>
          <Text size="sm" mt={4}>
            <strong>{title}.</strong> {text}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            From {news.refusal.hostName} ({news.refusal.address}), <RelativeTime time={news.refusal.at} />. It tries
            again by itself.
          </Text>
        </>
      );
    }
  }
}

function announcementOf(name: string, news: ConnectionNews): string {
  switch (news.kind) {
    case 'waiting':
      return '';
    case 'connected':
      return `${name} is connected.`;
    case 'refused':
      return `${name} was refused. ${reasonOf(news.refusal.code).title}.`;
  }
}
