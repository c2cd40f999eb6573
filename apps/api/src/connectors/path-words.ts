/** What follows `/ng/api/connectors/` in paths of fixed meaning: a connector with such an ID could not be addressed. */
export const PATH_WORDS: ReadonlySet<string> = new Set([
  'catalogue',
  'listbyfqn',
  'listV2',
  'stats',
  'testConnection',
  'validateUniqueIdentifier',
]);
