import { Button, TagsInput, Textarea, TextInput } from '@mantine/core';
import { deriveIdentifier } from '@wardline/contracts';
import { useState } from 'react';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { isConnectorIdFree } from '../api/check-identifier.ts';
import { IdentifierField } from '../fields/identifier-field.tsx';
import { StepForm } from '../step-form.tsx';
import { overviewSchema } from '../step-schemas.ts';
import { useStepForm } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';

type Check = { readonly state: 'idle' | 'running' } | { readonly state: 'failed'; readonly error: Error };

/** Asks whether the ID is free before one goes on; a stored connector has its ID already. */
function useFreeIdentifier() {
  const { mode, draft, refuse, next } = useWizard();
  const [check, setCheck] = useState<Check>({ state: 'idle' });
  const proceed = async (onTaken: () => void): Promise<void> => {
    if (mode.kind === 'edit') return next();
    setCheck({ state: 'running' });
    try {
      const free = await isConnectorIdFree(draft.identifier);
      setCheck({ state: 'idle' });
      if (free) return next();
      refuse({ identifier: `A connector with the ID “${draft.identifier}” exists already. Choose another ID.` });
      requestAnimationFrame(onTaken);
    } catch (error) {
      setCheck({ state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  return { check, proceed };
}

/** Name, ID, description and tags. */
export function OverviewStep() {
  const { draft, update } = useWizard();
  const form = useStepForm(overviewSchema);
  const { check, proceed } = useFreeIdentifier();
  const rename = (name: string): void =>
    update(draft.identifierSource === 'derived' ? { name, identifier: deriveIdentifier(name) } : { name });
  return (
    <StepForm
      heading="Overview"
      intro="How people will recognise this secret manager."
      formRef={form.formRef}
      wrong={form.wrong}
      onSubmit={form.onSubmit(() => void proceed(form.focusFirstWrong))}
      submit={
        <Button type="submit" loading={check.state === 'running'}>
          Continue
        </Button>
      }
    >
      <div>
        <TextInput
          label="Name"
          required
          autoComplete="off"
          placeholder="For example Payments KMS"
          value={draft.name}
          onChange={(event) => rename(event.currentTarget.value)}
          {...form.field('name')}
        />
        <IdentifierField {...form.field('identifier')} />
      </div>
      <Textarea
        label="Description"
        rows={2}
        value={draft.description}
        onChange={(event) => update({ description: event.currentTarget.value })}
        {...form.field('description')}
      />
      <TagsInput
        label="Tags"
        description="A word, or key:value. Press Enter after each."
        placeholder={draft.tags.length === 0 ? 'For example env:production' : ''}
        value={[...draft.tags]}
        onChange={(tags) => update({ tags })}
        {...form.field('tags')}
      />
      {check.state === 'failed' && <ErrorPanel title="The ID couldn’t be checked" error={check.error} />}
    </StepForm>
  );
}
