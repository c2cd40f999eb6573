import { type Escape, EscapeView } from './escape-view.ts';
import { hexDigit } from './view.ts';

const PERCENT = 0x25;

/** Text in a URL or a form: `%41` is an A. */
export class PercentView extends EscapeView {
  protected override readonly introducer = PERCENT;

  protected override read([, high, low]: readonly number[]): Escape {
    if (high === undefined) return 'unfinished';
    if (hexDigit(high) < 0) return 'none';
    if (low === undefined) return 'unfinished';
    return hexDigit(low) < 0 ? 'none' : [hexDigit(high) * 16 + hexDigit(low)];
  }
}
