import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_DRAFT } from './draft.ts';
import { useDraftStore } from './draft-store.ts';

const store = () => useDraftStore.getState();
const draft = { ...EMPTY_DRAFT, name: 'Payments' };

beforeEach(() => useDraftStore.setState({ entries: {} }));

describe('the draft store', () => {
  it('keeps the new draft and the changes to each stored connector apart', () => {
    store().put('new', draft, ['name']);
    store().put('edit:a', { ...draft, name: 'A' }, ['name']);
    store().discard('new');
    expect(Object.keys(store().entries)).toEqual(['edit:a']);
    expect(store().entries['edit:a']?.draft.name).toBe('A');
  });

  it('holds what the server refused until that field is changed', () => {
    store().refuse('new', draft, { identifier: 'taken', region: 'unknown' });
    store().put('new', { ...draft, identifier: 'other' }, ['identifier']);
    expect(store().entries.new?.problems).toEqual({ region: 'unknown' });
  });

  it('counts the steps that were passed, never backwards', () => {
    store().put('new', draft, ['name']);
    store().pass('new', 2);
    store().pass('new', 1);
    expect(store().entries.new?.passed).toBe(2);
  });

  it('lives in memory only', () => {
    store().put('new', draft, ['name']);
    expect(localStorage).toHaveLength(0);
    expect(sessionStorage).toHaveLength(0);
  });
});
