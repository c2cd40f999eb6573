/** An answer of STS that refuses. Unlike KMS, its statuses differ: 403 for who you are, 400 for what you asked. */
export class StsError extends Error {
  override readonly name = 'StsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A parameter that AWS does not take. */
export const validationError = (message: string): StsError => new StsError('ValidationError', 400, message);
/** A caller that may not. */
export const accessDenied = (message: string): StsError => new StsError('AccessDenied', 403, message);
/** A token that proves nothing. */
export const invalidIdentityToken = (message: string): StsError => new StsError('InvalidIdentityToken', 400, message);
