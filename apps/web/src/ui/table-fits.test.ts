import { expect, it } from 'vitest';
import { windowWidthFor } from './table-fits.ts';

it('asks for the widths in pixels and room for what has none, of what the shares leave', () => {
  expect(windowWidthFor([100, 64])).toBe(164 + 296);
  expect(windowWidthFor(['50%', 100, undefined])).toBe((100 + 130) * 2 + 296);
});
