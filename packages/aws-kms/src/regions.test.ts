import { expect, it } from 'vitest';
import { listRegions, partitionOf } from './regions.ts';

it('regions come from the table of the SDK, with name and partition', () => {
  const regions = listRegions();
  expect(regions.length).toBeGreaterThan(35);
  expect(regions).toContainEqual({ name: 'US East (N. Virginia)', value: 'us-east-1', partition: 'aws' });
  expect(regions).toContainEqual({ name: 'China (Beijing)', value: 'cn-north-1', partition: 'aws-cn' });
  expect(regions).toContainEqual({ name: 'AWS GovCloud (US-West)', value: 'us-gov-west-1', partition: 'aws-us-gov' });
});

it('pseudo regions are left out and no region is listed twice', () => {
  const codes = listRegions().map((region) => region.value);
  expect(codes.filter((code) => code.includes('global'))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});

it('every listed region belongs to the partition that the SDK routes it to', () => {
  for (const { value, partition } of listRegions()) expect(partitionOf(value)).toBe(partition);
});

it('a caller cannot change the list for others', () => {
  listRegions().length = 0;
  expect(listRegions().length).toBeGreaterThan(0);
});
