/** An event of something that runs; the one of type `result` is the last. */
export interface RunEvent {
  readonly type: string;
}

type ResultEvent<E extends RunEvent> = Extract<E, { readonly type: 'result'; readonly result: unknown }>;

/** What a run that has these events comes to. */
export type ResultOf<E extends RunEvent> = ResultEvent<E>['result'];

export function isResult<E extends RunEvent>(event: E): event is ResultEvent<E> {
  return event.type === 'result';
}
