import type { WizardStepId } from '../../lib/wizard-steps.ts';
import type { Draft, DraftField } from './draft/draft.ts';
import { draftKeyOf } from './draft/draft-key.ts';
import { useDraftStore } from './draft/draft-store.ts';
import { progressOf, type StepProgress } from './progress.ts';
import { STEPS } from './steps.ts';
import { useGoToStep } from './use-go-to-step.ts';
import type { Wizard, WizardMode } from './wizard-context.ts';

/** What a wizard starts from. */
export interface Base {
  /** What the draft is without any change. */
  readonly draft: Draft;
  /** The version of the stored connector that it is; undefined for a new one. */
  readonly version?: string;
}

/** The wizard's state at the step that the URL names. */
export function useWizardState(mode: WizardMode, base: Base, requested: WizardStepId) {
  const key = draftKeyOf(mode);
  const entry = useDraftStore((state) => state.entries[key]);
  const { put, refuse, pass } = useDraftStore.getState();
  const goToStep = useGoToStep();
  const draft = entry?.draft ?? base.draft;
  const unsaved = entry !== undefined;
  const stored = mode.kind === 'edit' && !unsaved;
  const progress = progressOf(STEPS, requested, { draft, stored, passed: entry?.passed ?? 0 });
  const index = progress.findIndex(({ state }) => state === 'current');
  const at = (offset: number): StepProgress | undefined => progress[index + offset];
  const goTo = (step: WizardStepId): void => void goToStep(mode, step);
  const before = at(-1);

  const wizard: Wizard = {
    mode,
    draft,
    unsaved,
    readVersion: entry ? entry.readVersion : base.version,
    problems: entry?.problems ?? {},
    update: (changes) => put(key, { ...draft, ...changes }, Object.keys(changes) as DraftField[], base.version),
    refuse: (problems) => refuse(key, draft, problems, base.version),
    goTo,
    next: () => {
      pass(key, index + 1);
      const after = at(1);
      if (after) goTo(after.step.id);
    },
    back: before && (() => goTo(before.step.id)),
  };
  return { wizard, progress, current: at(0)?.step };
}
