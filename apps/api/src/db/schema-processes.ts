/** The API processes that share a PostgreSQL, and what one of them has a delegate of another run. */
export interface ProcessTables {
  api_processes: ApiProcessRow;
  remote_tasks: RemoteTaskRow;
  remote_task_events: RemoteTaskEventRow;
}

interface ApiProcessRow {
  id: string;
  /** By the database's clock, like every time here: the clocks of two hosts are never compared. */
  beat_at: string;
  /** JSON: how many tasks the delegates have that are connected here, by instance id and the process that gave them. */
  running: string;
}

/** Whoever asked keeps the row for as long as it waits: without the row nobody wants the result. */
interface RemoteTaskRow {
  id: string;
  from_process: string;
  to_process: string;
  /** base64 of the task and of whom it is for, encrypted under the master key. */
  sealed: string;
  taken: 0 | 1;
  expires_at: string;
}

/** What became of a task, for whoever asked; gone once it is read. */
interface RemoteTaskEventRow {
  task_id: string;
  /** 1, 2, 3, … of its task. */
  position: number;
  /** base64 of a message, encrypted under the master key. */
  sealed: string;
}
