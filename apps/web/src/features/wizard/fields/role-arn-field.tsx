import { TextInput } from '@mantine/core';
import { parseKmsArn, parseRoleArn } from '@wardline/contracts';
import { useWizard } from '../wizard-context.ts';
import { Hint } from './hint.tsx';

function hintOf(role: string, key: string): string | undefined {
  if (role === '') return undefined;
  const arn = parseRoleArn(role);
  if (!arn) return 'This doesn’t look like the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME';
  const keyArn = parseKmsArn(key);
  if (keyArn && keyArn.partition !== arn.partition) {
    return `The role is in the partition ${arn.partition}, the key in ${keyArn.partition}: one can’t use the other.`;
  }
  return undefined;
}

interface Props {
  readonly name: 'roleArn' | 'iamRoleArn';
  readonly label: string;
  readonly description: string;
  readonly field: { readonly error: string | undefined; readonly onBlur: () => void };
}

/** The ARN of a role. Its shape is commented on, not enforced: whether it exists only AWS can say. */
export function RoleArnField({ name, label, description, field }: Props) {
  const { draft, update } = useWizard();
  const value = draft[name];
  const key = draft.keyArnSource === 'plain' ? draft.kmsArnInPlainText : '';
  const hint = hintOf(value.trim(), key);
  const otherAccount = parseKmsArn(key)?.account !== parseRoleArn(value)?.account;
  return (
    <div>
      <TextInput
        label={label}
        description={description}
        required
        autoComplete="off"
        spellCheck={false}
        placeholder="arn:aws:iam::111122223333:role/…"
        classNames={{ input: 'wl-mono' }}
        value={value}
        onChange={(event) => update({ [name]: event.currentTarget.value })}
        {...field}
      />
      {hint && <Hint tone="warning">{hint}</Hint>}
      {!hint && otherAccount && parseKmsArn(key) && parseRoleArn(value) && (
        <Hint>The role and the key are in different accounts, so the key policy must name the role too.</Hint>
      )}
    </div>
  );
}
