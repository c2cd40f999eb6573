import { Group, Input, SegmentedControl, TextInput } from '@mantine/core';
import { parseKmsArn } from '@wardline/contracts';
import { useId } from 'react';
import { SecretField } from '../../secrets/secret-field.tsx';
import type { Draft } from '../draft/draft.ts';
import type { StepField } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';
import { Hint } from './hint.tsx';

/**
 * The changes of a newly typed ARN: the region follows as long as it was the one of the ARN before, or none. It goes
 * with the ARN that it came from, so that the next one that is pasted is followed again.
 */
function withKeyArn(draft: Draft, text: string): Partial<Draft> {
  const kmsArnInPlainText = text.trim();
  const region = parseKmsArn(kmsArnInPlainText)?.region;
  const before = parseKmsArn(draft.kmsArnInPlainText)?.region ?? '';
  const follows = draft.region === '' || draft.region === before;
  return follows ? { kmsArnInPlainText, region: region ?? '' } : { kmsArnInPlainText };
}

/** What is noticed about a key ARN; saving doesn't depend on it, since only AWS knows. */
function KeyArnHint({ text }: { readonly text: string }) {
  if (text === '') return null;
  const arn = parseKmsArn(text);
  if (!arn) {
    return (
      <Hint tone="warning">
        This doesn’t look like the ARN of a key: <code>arn:aws:kms:REGION:ACCOUNT:key/KEY_ID</code>
      </Hint>
    );
  }
  if (arn.kind === 'alias') {
    return <Hint>An alias can be pointed at another key later; secrets stored before stay with the old one.</Hint>;
  }
  return null;
}

interface Props {
  readonly field: StepField;
}

/** AWS ARN of the key: as plain text, or as a secret where its account number must not be seen. */
export function KeyArnField({ field }: Props) {
  const { draft, update } = useWizard();
  const inputId = useId();
  const plain = draft.keyArnSource === 'plain';
  return (
    <div>
      <Group justify="space-between" align="flex-end" mb={5} gap="xs">
        <Input.Label htmlFor={plain ? inputId : undefined} labelElement={plain ? 'label' : 'div'} required>
          AWS ARN
        </Input.Label>
        <SegmentedControl
          size="xs"
          px={3}
          aria-label="How the AWS ARN is kept"
          data={[
            { value: 'plain', label: 'Plain text' },
            { value: 'secret', label: 'Encrypted secret' },
          ]}
          value={draft.keyArnSource}
          onChange={(value) => update({ keyArnSource: value === 'secret' ? 'secret' : 'plain' })}
        />
      </Group>
      {plain ? (
        <>
          <TextInput
            id={inputId}
            autoComplete="off"
            spellCheck={false}
            placeholder="arn:aws:kms:eu-west-1:111122223333:key/…"
            classNames={{ input: 'wl-mono' }}
            value={draft.kmsArnInPlainText}
            onChange={(event) => update(withKeyArn(draft, event.currentTarget.value))}
            {...field('kmsArnInPlainText')}
          />
          <KeyArnHint text={draft.kmsArnInPlainText} />
        </>
      ) : (
        <SecretField
          label="Secret with the ARN"
          value={draft.kmsArn}
          onChange={(kmsArn) => update({ kmsArn })}
          suggestedName={`${draft.name} key ARN`}
          error={field('kmsArn').error}
        />
      )}
    </div>
  );
}
