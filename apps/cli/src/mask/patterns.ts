/** A value with fewer characters is not masked: it would stand everywhere in the output by chance. */
const SHORTEST_MASKED = 4;
/** Of a longer value each part of this length is a pattern of its own: what is held back stays short. */
const PART_BYTES = 64;
/** A line of a value with several is also looked for alone, unless it is shorter. */
const SHORTEST_LINE = 8;

/** Whether a value is long enough to be masked. */
export const canBeMasked = (value: string): boolean => [...value.trim()].length >= SHORTEST_MASKED;

/** The bytes to look for in what a stream says, in whatever way it is written. */
export function textPatterns(values: readonly string[]): Buffer[] {
  return values.filter(canBeMasked).flatMap((value) => {
    const lines = value.split(/\r?\n/).map((line) => line.trim());
    const alone = lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_LINE) : [];
    const whole = value.trim();
    const forms = new Set([
      whole,
      // A terminal and Windows end lines with both.
      whole.replace(/\r?\n/g, '\r\n'),
      // A form has a plus for each space.
      whole.replaceAll(' ', '+'),
      ...alone,
    ]);
    return [...forms].flatMap((form) => parts(Buffer.from(form)));
  });
}

/** The base64 to look for: the characters that a value alone decides, for each of the three ways it can lie in it. */
export function base64Patterns(values: readonly string[]): Buffer[] {
  return values.filter(canBeMasked).flatMap((value) => {
    const bytes = Buffer.from(value.trim());
    return [0, 1, 2].flatMap((before) => parts(Buffer.from(determined(bytes, before))));
  });
}

/** Base64 of the bytes behind `before` others, without the characters that also have bits of something else. */
function determined(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  return text.slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + bytes.length)) / 6));
}

/** Of a long pattern its parts; the last one overlaps the one before, so that each is long. */
function parts(pattern: Buffer): Buffer[] {
  if (pattern.length <= PART_BYTES) return [pattern];
  const count = Math.ceil(pattern.length / PART_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const start = Math.min(index * PART_BYTES, pattern.length - PART_BYTES);
    return pattern.subarray(start, start + PART_BYTES);
  });
}
