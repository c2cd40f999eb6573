import { dataKeyInput, makeDataKey } from './make-data-key.ts';
import { defineOperation } from './operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export const generateDataKey = defineOperation('GenerateDataKey', dataKeyInput, (call, input) => {
  const { plaintext, answer } = makeDataKey(call, 'GenerateDataKey', input);
  return { ...answer, Plaintext: plaintext.toString('base64') };
});
