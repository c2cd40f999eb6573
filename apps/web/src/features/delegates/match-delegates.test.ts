import { expect, it } from 'vitest';
import { delegateGroup, delegateInstance } from '../../test-support/delegates.ts';
import { matchDelegates } from './match-delegates.ts';

it('shows as matching what the server would choose: a delegate of which one process has all tags', () => {
  const twins = [delegateInstance({ tags: ['a-twins', 'eu'] }), delegateInstance({ tags: ['a-twins', 'prod'] })];
  const groups = [
    delegateGroup('a-twins', twins, { groupCustomSelectors: ['eu', 'prod'] }),
    delegateGroup('whole', [delegateInstance({ tags: ['whole', 'eu', 'prod'] })]),
  ];
  const matches = matchDelegates(groups, [' EU', 'prod']);
  expect(matches.map(({ group, missing }) => [group.groupName, missing])).toEqual([
    ['whole', []],
    ['a-twins', ['prod']],
  ]);
});
