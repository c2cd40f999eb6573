import { Alert, Anchor, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { DraftField } from './draft/draft.ts';
import type { DraftProblems } from './draft/draft-store.ts';
import { labelOfField, STEP_TITLES, stepOfField } from './field-places.ts';
import { useWizard } from './wizard-context.ts';

/** What the server refused in other steps, each with the way there. */
export function RefusedFields({ problems }: { readonly problems: DraftProblems }) {
  const { goTo } = useWizard();
  const refused = (Object.entries(problems) as [DraftField, string][]).filter(
    ([field]) => stepOfField(field) !== 'delegates',
  );
  if (refused.length === 0) return null;
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title="The connector wasn’t saved"
    >
      <List size="sm" spacing={4}>
        {refused.map(([field, message]) => {
          const step = stepOfField(field);
          return (
            <List.Item key={field}>
              <Anchor component="button" type="button" size="sm" onClick={() => goTo(step)}>
                {STEP_TITLES[step]}: {labelOfField(field)}
              </Anchor>
              <br />
              {message}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
