/**
 * What real AWS answers to one cause of failure, by its number. Only answers that were recorded from AWS
 * (SNAP), documented by it (DOC) or pasted from it in a public issue (ISSUE) are kept here, apart from the simulator's
 * code, which is tested against them.
 */
export type ExpectedAnswer = readonly [
  row: number,
  mark: 'SNAP' | 'DOC' | 'ISSUE',
  /** What the test provokes. */
  situation: string,
  code: string,
  status: number,
  /** Every one is in the message; none: the message is empty. AWS may change the words around them. */
  fragments: readonly string[],
];

export const INVALID_TOKEN = 'The security token included in the request is invalid.';
export const EXPIRED = 'The security token included in the request is expired';
export const MISMATCH = 'The request signature we calculated does not match';
