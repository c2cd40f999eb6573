import { GetKeyRotationStatusCommand, type KMSClient } from '@aws-sdk/client-kms';
import { type Fact, fact, yesNo } from './hop.ts';
import type { Session } from './session.ts';

/**
 * Whether the key rotates by itself: nice to know and never worth waiting for. The question travels beside the other
 * calls, and the answer is shown on the first hop that ends after it; not being allowed to ask is no failure.
 */
export class RotationQuestion {
  #answer: string | undefined;
  #shown = false;

  ask(session: Session, kms: KMSClient, keyArn: string): void {
    const command = new GetKeyRotationStatusCommand({ KeyId: keyArn });
    session
      .call(
        'GetKeyRotationStatus',
        (options) => kms.send(command, options),
        ({ KeyRotationEnabled, RotationPeriodInDays }) =>
          KeyRotationEnabled === undefined ? undefined : { enabled: KeyRotationEnabled, days: RotationPeriodInDays },
      )
      .then((result) => {
        if (result.ok) this.#answer = describe(result.value);
        else this.#answer = `not known (${result.aws.code})`;
      });
  }

  /** The fact, once; nothing while there is no answer yet. */
  take(): readonly Fact[] {
    if (this.#shown || this.#answer === undefined) return [];
    this.#shown = true;
    return fact('Rotation', this.#answer);
  }
}

const describe = ({ enabled, days }: { enabled: boolean; days: number | undefined }): string =>
  enabled && days ? `every ${days} days` : `automatic: ${yesNo(enabled)}`;
