interface Flight<T> {
  readonly result: Promise<T>;
  joined: number;
}

/** Does what many ask for at the same time once. */
export class SharedFlights<T> {
  readonly #flights = new Map<string, Flight<T>>();
  readonly #landed: (result: T, joined: number) => void;

  /** @param landed is called before anyone gets the result, with how many will get it. */
  constructor(landed: (result: T, joined: number) => void = () => {}) {
    this.#landed = landed;
  }

  /** Starts the work, or joins the one that is under way for the key. */
  join(key: string, work: () => Promise<T>): Promise<T> {
    const under = this.#flights.get(key);
    if (under) {
      under.joined += 1;
      return under.result;
    }
    const flight: Flight<T> = { joined: 1, result: this.#fly(key, work) };
    this.#flights.set(key, flight);
    return flight.result;
  }

  async #fly(key: string, work: () => Promise<T>): Promise<T> {
    // Not before the flight is listed.
    await Promise.resolve();
    try {
      const result = await work();
      this.#landed(result, this.#flights.get(key)?.joined ?? 0);
      return result;
    } finally {
      this.#flights.delete(key);
    }
  }
}
