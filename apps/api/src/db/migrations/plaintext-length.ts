/** Bytes of a header with fields of variable length left out, of suite 0x0478. */
const BEFORE_CONTEXT = 1 + 2 + 32;
const LAYOUT = 1 + 4;
const COMMITMENT_AND_TAG = 32 + 16;
/** Sequence number, IV and tag of a frame; the final frame has a mark and a length besides. */
const FRAME = 4 + 12 + 16;
const FINAL_FRAME = FRAME + 4 + 4;

/**
 * How many bytes of plaintext a framed AWS Encryption SDK message holds, from lengths alone; 0 for what is no message.
 * Format: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html
 */
export function plaintextLength(message: Buffer): number {
  try {
    let offset = BEFORE_CONTEXT;
    const skipField = () => {
      offset += 2 + message.readUInt16BE(offset);
    };
    skipField();
    const dataKeys = message.readUInt16BE(offset);
    offset += 2;
    for (let field = 0; field < dataKeys * 3; field += 1) skipField();
    const frameLength = message.readUInt32BE(offset + 1);
    if (frameLength === 0) return 0;
    const body = message.length - (offset + LAYOUT + COMMITMENT_AND_TAG);
    const wholeFrames = Math.floor((body - FINAL_FRAME) / (FRAME + frameLength));
    return Math.max(0, body - FINAL_FRAME - wholeFrames * FRAME);
  } catch {
    // Damaged; reading the value says so.
    return 0;
  }
}
