import { describe, expect, it } from 'vitest';
import { delegateTags } from './delegate.ts';
import { missingSelectors } from './selectors.ts';

describe('a delegate matches selectors', () => {
  it('when every one of them is among its tags, trimmed and whatever the case', () => {
    expect(missingSelectors([' EU ', 'prod'], ['eu', 'Prod', 'extra'])).toEqual([]);
  });

  it('and none given match any delegate', () => {
    expect(missingSelectors([], [])).toEqual([]);
  });

  it('and those it lacks are named as they were typed', () => {
    expect(missingSelectors(['EU', 'gpu'], ['eu'])).toEqual(['gpu']);
  });

  it('its name and host name are tags too', () => {
    const tags = delegateTags({
      groupImplicitSelectors: { embedded: 'DELEGATE_NAME', 'host-1': 'HOST_NAME' },
      groupCustomSelectors: ['embedded', 'eu'],
    });
    expect(tags).toEqual(['embedded', 'host-1', 'eu']);
  });
});
