import { dataKeyInput, makeDataKey } from './make-data-key.ts';
import { defineOperation } from './operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export const generateDataKeyWithoutPlaintext = defineOperation(
  'GenerateDataKeyWithoutPlaintext',
  dataKeyInput,
  (call, input) => makeDataKey(call, 'GenerateDataKeyWithoutPlaintext', input).answer,
);
