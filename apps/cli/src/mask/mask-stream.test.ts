import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { MaskStream } from './mask-stream.ts';
import { maskPatterns } from './masker.ts';

function started() {
  const stream = new MaskStream(maskPatterns(['secret-value']));
  let shown = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  return { stream, shown: () => shown };
}

describe('a stream that masks', () => {
  it('shows at once what cannot become a value, and a prompt that might when nothing follows', async () => {
    const { stream, shown } = started();
    stream.write('Name the s');
    await sleep(10);
    expect(shown()).toBe('Name the ');
    await sleep(600);
    expect(shown()).toBe('Name the s');
    stream.destroy();
  });

  it('does not show more than half of a value, however long nothing follows', async () => {
    const { stream, shown } = started();
    stream.write('secret-val');
    await sleep(600);
    expect(shown()).toBe('');
    stream.end('ue.');
    await sleep(10);
    expect(shown()).toBe('***.');
  });

  it('shows what is left at the end', async () => {
    const { stream, shown } = started();
    stream.end('ends in sec');
    await sleep(10);
    expect(shown()).toBe('ends in sec');
  });
});
