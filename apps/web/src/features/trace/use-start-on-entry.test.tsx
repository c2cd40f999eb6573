import { render } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useStartOnEntry } from './use-start-on-entry.ts';

function Started({ start, stop }: { readonly start: () => void; readonly stop: () => void }) {
  useStartOnEntry(start, stop);
  return null;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('starts once, also where React mounts twice, and stops when it goes', () => {
  const start = vi.fn();
  const stop = vi.fn();
  const { unmount } = render(<Started start={start} stop={stop} />, { wrapper: StrictMode });
  vi.runAllTimers();
  expect(start).toHaveBeenCalledTimes(1);
  const before = stop.mock.calls.length;
  unmount();
  expect(stop).toHaveBeenCalledTimes(before + 1);
});
