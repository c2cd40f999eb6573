import { describe, expect, test } from 'vitest';
import { delegateTags } from './delegate.ts';
import { missingSelectors } from './selectors.ts';

describe('a delegate matches selectors', () => {
  test('when every one of them is among its tags, trimmed and whatever the case', () => {
    expect(missingSelectors([' EU ', 'prod'], ['eu', 'Prod', 'extra'])).toEqual([]);
  });

  test('and none given match any delegate', () => {
    expect(missingSelectors([], [])).toEqual([]);
  });

  test('and those it lacks are named as they were typed', () => {
    expect(missingSelectors(['EU', 'gpu'], ['eu'])).toEqual(['gpu']);
  });

  test('its name and host name are tags too', () => {
    const tags = delegateTags({
      groupImplicitSelectors: { embedded: 'DELEGATE_NAME', 'host-1': 'HOST_NAME' },
      groupCustomSelectors: ['embedded', 'eu'],
    });
    expect(tags).toEqual(['embedded', 'host-1', 'eu']);
  });
});
