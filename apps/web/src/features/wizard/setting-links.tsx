import type { ReactNode } from 'react';
import { ButtonLink } from '../../ui/links.tsx';
import { STEP_TITLES, stepOfLabel } from './field-places.ts';
import type { WizardMode } from './wizard-context.ts';

/** For fixes: the way to the step of this wizard that asks for a setting. `onClick` also hears of the way taken. */
export function settingLinksOf(mode: WizardMode, onClick?: () => void): (setting: string) => ReactNode {
  return (setting) => {
    const step = stepOfLabel(setting);
    if (!step) return null;
    const children = `Edit in ${STEP_TITLES[step]}`;
    const look = { size: 'compact-sm', variant: 'subtle', children, ...(onClick && { onClick }) } as const;
    return mode.kind === 'create' ? (
      <ButtonLink {...look} to="/settings/connectors/new/aws-kms/$step" params={{ step }} />
    ) : (
      <ButtonLink
        {...look}
        to="/settings/connectors/$connectorId/edit/$step"
        params={{ connectorId: mode.connectorId, step }}
      />
    );
  };
}
