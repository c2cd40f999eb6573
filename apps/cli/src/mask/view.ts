/** One way to read the bytes of a stream. */
export interface View {
  /** Takes the byte at a position. */
  push(byte: number, position: number): void;
  /** From where on the bytes may still turn out to be part of a value; infinite for none. */
  readonly holdFrom: number;
  /** Whether what is held is at most half of any value. */
  readonly isSmallPart: boolean;
  /** Whether nothing that came before has to do with what comes next. */
  readonly isResting: boolean;
  /** Whether a byte changes nothing while the view rests. */
  ignores(byte: number): boolean;
}

export const NOTHING_HELD = Number.POSITIVE_INFINITY;

/** The value of a hexadecimal digit; -1 for any other byte. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
