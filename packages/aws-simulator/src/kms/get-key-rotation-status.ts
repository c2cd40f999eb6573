import { z } from 'zod';
import { authorize } from './authorize.ts';
import { KmsError } from './kms-error.ts';
import { defineOperation, keyIdMember } from './operation.ts';
import { resolveKey } from './resolve-key.ts';

/** Keys here are rotated by hand only (control API). https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = defineOperation(
  'GetKeyRotationStatus',
  z.object({ KeyId: keyIdMember }),
  (call, { KeyId }) => {
    const action = 'kms:GetKeyRotationStatus';
    const { key, requestAlias } = resolveKey(call, KeyId, action);
    authorize(call, key, { action, requestAlias });
    if (key.spec !== 'SYMMETRIC_DEFAULT') {
      throw new KmsError('UnsupportedOperationException', `${key.arn} does not support rotation.`);
    }
    return { KeyId: key.arn, KeyRotationEnabled: false };
  },
);
