import type { WizardMode } from '../wizard-context.ts';
import type { DraftKey } from './draft-store.ts';

/** The key under which a wizard keeps its draft. */
export function draftKeyOf(mode: WizardMode): DraftKey {
  return mode.kind === 'create' ? 'new' : `edit:${mode.connectorId}`;
}
