import { Matcher } from './matcher.ts';
import { NOTHING_HELD, type View } from './view.ts';

/** The bytes as they are. */
export class PlainView extends Matcher implements View {
  push(byte: number, position: number): void {
    this.feed(byte, position, position + 1);
  }

  get isResting(): boolean {
    return this.depth === 0;
  }

  ignores(byte: number): boolean {
    return this.beginsNothing(byte);
  }

  get holdFrom(): number {
    return this.depth > 0 ? this.startOf(this.depth) : NOTHING_HELD;
  }
}
