/**
 * True for a text of the form of an access key ID: AKIA or ASIA, then capitals and digits. Anything else in its place
 * may be the secret access key, pasted into the wrong field, and is treated as one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
export const isAccessKeyId = (text: string): boolean => /^A(?:KIA|SIA)[A-Z0-9]{12,124}$/.test(text);
