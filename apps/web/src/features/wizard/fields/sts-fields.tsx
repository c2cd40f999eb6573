import { Button, TextInput } from '@mantine/core';
import { STS_DURATION } from '@wardline/contracts';
import type { StepField } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';
import { Hint } from './hint.tsx';
import { RoleArnField } from './role-arn-field.tsx';

interface Props {
  readonly field: StepField;
}

/** Role, external ID and session length of Assume Role using STS. */
export function StsFields({ field }: Props) {
  const { draft, update } = useWizard();
  const duration = Number(draft.assumeStsRoleDuration);
  // A text field: a field for numbers drops what is no digit, and 3600.5 would become 36005.
  return (
    <>
      <RoleArnField
        name="roleArn"
        label="Role ARN"
        description="The role that the delegate’s own role assumes."
        field={field('roleArn')}
      />
      <TextInput
        label="External ID"
        description="Optional. The same text as in the role’s trust policy, where it asks for one."
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'wl-mono' }}
        value={draft.externalName}
        onChange={(event) => update({ externalName: event.currentTarget.value.trim() })}
        {...field('externalName')}
      />
      <div>
        <TextInput
          label="Assume Role Duration (seconds)"
          description={`${STS_DURATION.min} to ${STS_DURATION.max}; empty means ${STS_DURATION.default}. Up to the role’s maximum session duration.`}
          placeholder={String(STS_DURATION.default)}
          inputMode="numeric"
          autoComplete="off"
          value={draft.assumeStsRoleDuration}
          onChange={(event) => update({ assumeStsRoleDuration: event.currentTarget.value })}
          {...field('assumeStsRoleDuration')}
        />
        {duration > STS_DURATION.chainedMax && duration <= STS_DURATION.max && (
          <Hint tone="warning">
            A delegate that itself runs under a role is role chaining, for which AWS allows {STS_DURATION.chainedMax}{' '}
            seconds at most. Longer sessions work only where the delegate’s own credentials are a user’s keys.
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => update({ assumeStsRoleDuration: String(STS_DURATION.chainedMax) })}
            >
              Use {STS_DURATION.chainedMax}
            </Button>
          </Hint>
        )}
      </div>
    </>
  );
}
