/** Why a delegate did not take a task that was offered to it. */
export type NotTakenReason = 'busy' | 'draining' | 'unreadable' | 'no-answer' | 'gone';

/** The delegate has not begun: another one can run the task as if this one had never been asked. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';

  constructor(readonly reason: NotTakenReason) {
    super(`The delegate did not take the task: ${reason}.`);
  }
}

/** The delegate began and did not end: its connection broke, it crashed, or it ran out of time. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';

  constructor(readonly reason: 'disconnected' | 'crashed' | 'deadline' | 'unreadable') {
    super(`The delegate broke off the task: ${reason}.`);
  }
}
