/** An answer of KMS that refuses. Nearly every one is HTTP 400 on the wire, whatever the service model declares. */
export class KmsError extends Error {
  override readonly name = 'KmsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** One code for several mistakes; the message tells them apart. */
export const notFound = (message: string): KmsError => new KmsError('NotFoundException', message);
/** AWS sends this one without a message: nothing about a damaged blob is given away. */
export const invalidCiphertext = (): KmsError => new KmsError('InvalidCiphertextException', '');
