import { expect, it } from 'vitest';
import { SharedQuery } from './shared-query.ts';

/** Finds the length of every word but `nothing`, and notes what each query asked for. */
function lengths(atMost = 100) {
  const queries: string[][] = [];
  const shared = new SharedQuery<string, number>(async (words) => {
    queries.push([...words]);
    if (words.includes('broken')) throw new Error('no such word');
    return new Map(words.filter((word) => word !== 'nothing').map((word) => [word, word.length]));
  }, atMost);
  const find = (...words: string[]) => shared.find(new Map(words.map((word) => [word, word])));
  return { queries, find };
}

it('asks once for what several want at the same time, and gives each what they asked for', async () => {
  const { queries, find } = lengths();
  const answers = await Promise.all([find('owl'), find('heron', 'owl'), find('nothing'), find()]);
  expect(queries).toEqual([['owl', 'heron', 'nothing']]);
  expect(answers).toEqual([
    new Map([['owl', 3]]),
    new Map([
      ['heron', 5],
      ['owl', 3],
    ]),
    new Map(),
    new Map(),
  ]);
});

it('asks anew for what is wanted later', async () => {
  const { queries, find } = lengths();
  await find('owl');
  await find('owl');
  expect(queries).toEqual([['owl'], ['owl']]);
});

it('bounds a query, but never splits what one caller asks for', async () => {
  const { queries, find } = lengths(3);
  const answers = await Promise.all([find('a', 'b'), find('c', 'd'), find('e'), find('f', 'g', 'h', 'i'), find('j')]);
  expect(queries).toEqual([['a', 'b'], ['c', 'd', 'e'], ['f', 'g', 'h', 'i'], ['j']]);
  expect(answers.map((answer) => answer.size)).toEqual([2, 2, 1, 4, 1]);
});

it('fails for all who share a query, and for nobody else', async () => {
  const { find } = lengths(2);
  const outcomes = await Promise.allSettled([find('broken'), find('owl'), find('heron')]);
  expect(outcomes).toMatchObject([
    { reason: { message: 'no such word' } },
    { reason: { message: 'no such word' } },
    { value: new Map([['heron', 5]]) },
  ]);
});
