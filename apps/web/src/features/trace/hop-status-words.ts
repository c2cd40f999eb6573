/** The state of a hop for those who don't see its mark. */
export const HOP_STATUS_WORDS = {
  waiting: 'waiting',
  'not-reached': 'not reached',
  running: 'running',
  pass: 'passed',
  fail: 'failed',
  warn: 'passed with a warning',
  skipped: 'skipped',
} as const;
