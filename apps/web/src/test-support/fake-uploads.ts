/** A call as it leaves the console. */
export interface SentCall {
  readonly method: string;
  readonly address: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * An XMLHttpRequest as far as uploads need one: half of a form has left at once, the rest when `dispatch` has answered.
 * https://xhr.spec.whatwg.org/
 */
export function fakeUploads(dispatch: (call: SentCall) => Promise<Response>) {
  return class FakeUpload extends EventTarget {
    readonly upload = new EventTarget();
    status = 0;
    responseText = '';
    #call: Omit<SentCall, 'body'> = { method: 'GET', address: '', headers: new Headers() };
    #answer = new Headers();
    #aborted = false;

    open(method: string, address: string): void {
      this.#call = { method, address, headers: new Headers() };
    }

    setRequestHeader(name: string, value: string): void {
      this.#call.headers.set(name, value);
    }

    getResponseHeader(name: string): string | null {
      return this.#answer.get(name);
    }

    send(body: FormData): void {
      this.#progress(1);
      dispatch({ ...this.#call, body }).then(
        async (response) => {
          this.status = response.status;
          this.#answer = response.headers;
          this.responseText = await response.text();
          if (this.#aborted) return;
          this.#progress(2);
          this.dispatchEvent(new Event('load'));
        },
        () => this.dispatchEvent(new Event('error')),
      );
    }

    abort(): void {
      this.#aborted = true;
      this.dispatchEvent(new Event('abort'));
    }

    #progress(loaded: number): void {
      this.upload.dispatchEvent(new ProgressEvent('progress', { lengthComputable: true, loaded, total: 2 }));
    }
  };
}
