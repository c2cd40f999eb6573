const ROOT = 0;
const BYTE_VALUES = 256;

/**
 * Says at every byte of a stream which of many patterns end there, and how much may be the beginning of one.
 * Source: A. V. Aho and M. J. Corasick, “Efficient string matching: an aid to bibliographic search”, CACM 18 (1975).
 */
export class Automaton {
  readonly root = ROOT;
  /** Bytes of the longest pattern. */
  readonly longestPattern: number;
  readonly #next = new Map<number, number>();
  /** The nodes of first bytes: where a stream has no value in it, nothing else is asked. */
  readonly #first = new Int32Array(BYTE_VALUES);
  /** By node: the node of its longest proper suffix, its length, the longest pattern that ends in it, the shortest that it begins. */
  readonly #fail: number[] = [ROOT];
  readonly #depth: number[] = [0];
  readonly #matched: number[] = [0];
  readonly #aim: number[] = [Number.POSITIVE_INFINITY];
  readonly #smallPart: boolean[] = [true];

  constructor(patterns: Iterable<Uint8Array>) {
    let longest = 0;
    for (const pattern of patterns) {
      this.#add(pattern);
      longest = Math.max(longest, pattern.length);
    }
    this.longestPattern = longest;
    this.#link();
  }

  /** The node after one more byte. */
  step(from: number, byte: number): number {
    for (let node = from; node !== ROOT; node = this.#fail[node] ?? ROOT) {
      const next = this.#next.get(node * BYTE_VALUES + byte);
      if (next !== undefined) return next;
    }
    return this.#first[byte] ?? ROOT;
  }

  /** How many of the last bytes may be the beginning of a pattern. */
  depth(node: number): number {
    return this.#depth[node] ?? 0;
  }

  /** How many of the last bytes are the longest pattern that ends here; 0 for none. */
  matched(node: number): number {
    return this.#matched[node] ?? 0;
  }

  /** Whether what may be the beginning of a pattern is at most half of each pattern that it may become. */
  isSmallPart(node: number): boolean {
    return this.#smallPart[node] ?? true;
  }

  #add(pattern: Uint8Array): void {
    let node = ROOT;
    for (const byte of pattern) {
      const key = node * BYTE_VALUES + byte;
      let next = this.#next.get(key);
      if (next === undefined) {
        next = this.#fail.push(ROOT) - 1;
        this.#depth.push(this.depth(node) + 1);
        this.#matched.push(0);
        this.#aim.push(Number.POSITIVE_INFINITY);
        this.#smallPart.push(true);
        this.#next.set(key, next);
        if (node === ROOT) this.#first[byte] = next;
      }
      this.#aim[next] = Math.min(this.#aim[next] ?? pattern.length, pattern.length);
      node = next;
    }
    this.#matched[node] = pattern.length;
  }

  /** A suffix is shorter than what it is a suffix of, so it is linked before. */
  #link(): void {
    const edges = [...this.#next].map(([key, node]) => ({
      node,
      from: Math.floor(key / BYTE_VALUES),
      byte: key % 256,
    }));
    edges.sort((a, b) => this.depth(a.node) - this.depth(b.node));
    for (const { node, from, byte } of edges) {
      const fail = from === ROOT ? ROOT : this.step(this.#fail[from] ?? ROOT, byte);
      this.#fail[node] = fail;
      this.#matched[node] ||= this.matched(fail);
      this.#smallPart[node] = 2 * this.depth(node) <= (this.#aim[node] ?? 0) && this.isSmallPart(fail);
    }
  }
}
