/** The largest plaintext of one message, in bytes: 16 MiB. A message is held in memory as a whole. */
export const MAX_PLAINTEXT_BYTES = 16 * 1024 * 1024;

/**
 * The largest message that is written or read, in bytes: 32 MiB. Twice the plaintext leaves room for the header
 * and for small frames, each of which costs 32 bytes.
 */
export const MAX_MESSAGE_BYTES = 2 * MAX_PLAINTEXT_BYTES;

/**
 * Bytes of plaintext in each frame but the last: 64 KiB, so that a text secret is one frame.
 * A reader that streams holds one frame at a time in memory.
 */
export const DEFAULT_FRAME_LENGTH = 64 * 1024;

/** The longest frames that are read from a stream, in bytes: 1 MiB. Each is held in memory as a whole. */
export const MAX_STREAMED_FRAME_LENGTH = 1024 * 1024;

/** The largest frame length that the format's 4-byte field can hold. */
export const MAX_FRAME_LENGTH = 0xffff_ffff;

/** The largest serialized encryption context, and the largest data key field, in bytes: 2-byte lengths in the format. */
export const MAX_UINT16 = 0xffff;

/** The format allows 65,535; each may cost a call to a key service, so a reader should refuse a message with many. */
export const MAX_ENCRYPTED_DATA_KEYS = 16;
