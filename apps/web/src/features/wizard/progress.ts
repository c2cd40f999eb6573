import type { Draft } from './draft/draft.ts';
import { fieldErrors } from './step-schemas.ts';
import type { WizardStep } from './steps.ts';

/** A step as the stepper shows it. */
export interface StepProgress {
  readonly step: WizardStep;
  readonly state: 'done' | 'current' | 'todo';
  /** True where one may go by a click or a URL. */
  readonly reachable: boolean;
}

interface Place {
  readonly draft: Draft;
  /** True where the server has exactly this draft, so that it can be tested as stored. */
  readonly stored: boolean;
  /** How many steps were left with Continue. */
  readonly passed: number;
}

/** Where the way forward stops: the first step with something missing, or the one that saves. */
function firstIncomplete(steps: readonly WizardStep[], { draft, stored }: Place): number {
  const index = steps.findIndex(
    ({ id, schema }) => Object.keys(fieldErrors(schema, draft)).length > 0 || (id === 'delegates' && !stored),
  );
  return index < 0 ? steps.length - 1 : index;
}

/** The applicable steps with their state, seen from the step that the URL names. */
export function progressOf(all: readonly WizardStep[], requested: string, place: Place): StepProgress[] {
  const steps = all.filter((step) => step.applies(place.draft));
  const last = firstIncomplete(steps, place);
  const wanted = steps.findIndex(({ id }) => id === requested);
  const current = wanted >= 0 && wanted <= last ? wanted : last;
  const passed = place.stored ? steps.length : Math.max(place.passed, current);
  return steps.map((step, index) => {
    const reachable = index <= last;
    if (index === current) return { step, state: 'current', reachable };
    return { step, state: index < passed && index < Math.max(last, current) ? 'done' : 'todo', reachable };
  });
}
