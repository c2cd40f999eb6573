import { describe, expect, it } from 'vitest';
import { type DelegateGroup, delegateTags, missingOfGroup } from './delegate.ts';
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

describe('a group of replicas matches selectors', () => {
  const replica = (tags: string[], activelyConnected = true) =>
    ({ tags, activelyConnected }) as DelegateGroup['delegateInstanceDetails'][number];
  const missing = (...delegateInstanceDetails: DelegateGroup['delegateInstanceDetails']) =>
    missingOfGroup(['EU', 'prod'], { delegateInstanceDetails });

  it('when one of its processes has all of them, and not when only several have them together', () => {
    expect(missing(replica(['eu']), replica(['eu', 'prod']))).toEqual([]);
    expect(missing(replica(['eu']), replica(['prod']))).toEqual(['prod']);
  });

  it('by those that are connected, where any is', () => {
    expect(missing(replica(['eu', 'prod'], false), replica(['eu']))).toEqual(['prod']);
    expect(missing(replica(['eu', 'prod'], false), replica([], false))).toEqual([]);
  });

  it('never where it has no process', () => {
    expect(missing()).toEqual(['EU', 'prod']);
  });
});
