import { create } from 'zustand';
import type { Draft, DraftField } from './draft.ts';

/** The draft of a connector that isn't stored yet, or the changes to a stored one. */
export type DraftKey = 'new' | `edit:${string}`;

/** A field that the server refused, next to which its message stands until the field is changed. */
export type DraftProblems = Partial<Record<DraftField, string>>;

interface Entry {
  readonly draft: Draft;
  readonly problems: DraftProblems;
  /** How many steps were left with Continue; steps beyond were never shown. */
  readonly passed: number;
  /** The version of the stored connector that the changes were made from; undefined for a new one. */
  readonly readVersion?: string | undefined;
}

interface DraftStore {
  readonly entries: Readonly<Partial<Record<DraftKey, Entry>>>;
  /** The places in the browser's history that showed the new draft. */
  readonly visited: readonly string[];
  /** What was created in a place of the history, which shows this connector from then on. */
  readonly created: Readonly<Record<string, string>>;
  /** Writes a change; a refused field that changes is no longer refused. The version counts with the first change. */
  readonly put: (key: DraftKey, draft: Draft, changed: readonly DraftField[], readVersion?: string) => void;
  readonly refuse: (key: DraftKey, draft: Draft, problems: DraftProblems, readVersion?: string) => void;
  readonly pass: (key: DraftKey, steps: number) => void;
  readonly discard: (key: DraftKey) => void;
  readonly visit: (place: string) => void;
  /** Lets the new draft go, since it is stored: the places that showed it stand for the connector. */
  readonly settle: (connectorId: string) => void;
}

function without(problems: DraftProblems, fields: readonly DraftField[]): DraftProblems {
  return Object.fromEntries(Object.entries(problems).filter(([field]) => !fields.some((name) => name === field)));
}

/**
 * Every draft that was typed into and not stored, in memory only: it survives a change of pages and is gone
 * on reload. An untouched draft has no entry, so that an entry is what "Discard" would throw away.
 */
export const useDraftStore = create<DraftStore>()((set) => ({
  entries: {},
  visited: [],
  created: {},
  put: (key, draft, changed, readVersion) =>
    set(({ entries }) => {
      const problems = without(entries[key]?.problems ?? {}, changed);
      return { entries: { ...entries, [key]: { passed: 0, readVersion, ...entries[key], draft, problems } } };
    }),
  refuse: (key, draft, problems, readVersion) =>
    set(({ entries }) => ({
      entries: { ...entries, [key]: { passed: 0, readVersion, ...entries[key], draft, problems } },
    })),
  pass: (key, steps) =>
    set(({ entries }) => {
      const entry = entries[key];
      return entry && entry.passed < steps ? { entries: { ...entries, [key]: { ...entry, passed: steps } } } : {};
    }),
  discard: (key) =>
    set(({ entries: { [key]: _gone, ...entries }, visited }) => ({ entries, visited: key === 'new' ? [] : visited })),
  visit: (place) => set(({ visited }) => (visited.includes(place) ? {} : { visited: [...visited, place] })),
  settle: (connectorId) =>
    set(({ entries: { new: _stored, ...entries }, visited, created }) => ({
      entries,
      visited: [],
      created: { ...created, ...Object.fromEntries(visited.map((place) => [place, connectorId])) },
    })),
}));
