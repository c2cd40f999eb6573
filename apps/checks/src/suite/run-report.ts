import { z } from 'zod';

/** The variable that tells the reporter where to write. */
export const REPORT_PATH = 'WARDLINE_TEST_REPORT';

const testSchema = z.object({
  name: z.string(),
  /** `pending`: it began, or waited, when the run ended. */
  state: z.enum(['passed', 'failed', 'skipped', 'pending']),
  errors: z.array(z.string()),
});

const fileSchema = z.object({
  path: z.string(),
  tests: z.array(testSchema),
  /** What failed outside of the tests: the file itself, or a hook of a group, which is named. */
  errors: z.array(z.string()),
  /** Whether Vitest counts the file as passed. */
  ok: z.boolean(),
});

/** What a run of Vitest found, as our reporter writes it. */
export const runReportSchema = z.object({
  files: z.array(fileSchema),
  /** What failed outside of all files: a crashed worker, a promise that nobody waited for. */
  errors: z.array(z.string()),
});

export type RunReport = z.infer<typeof runReportSchema>;
export type FileReport = z.infer<typeof fileSchema>;
