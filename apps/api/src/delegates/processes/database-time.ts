import { type RawBuilder, sql } from 'kysely';

/** PostgreSQL's own time, shifted by so many milliseconds, as ISO 8601 text in UTC. */
export function databaseTime(shiftMs = 0): RawBuilder<string> {
  return sql<string>`to_char((clock_timestamp() + ${shiftMs}::double precision * interval '1 millisecond') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
