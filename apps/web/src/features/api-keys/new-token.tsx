import { Button, Group, Stack, Text } from '@mantine/core';
import { CodeBlock } from '../../ui/code-block.tsx';
import type { KeyOwner } from './api/list-tokens.ts';

interface Props {
  readonly owner: KeyOwner;
  readonly text: string;
  readonly onDone: () => void;
}

/** The key itself does not belong in a command line: a shell keeps those. */
const example = (origin: string): string => `read -rs WARDLINE_API_KEY   # paste the key, then Enter
curl -H "x-api-key: $WARDLINE_API_KEY" ${origin}/api/whoami`;

/** A key that was just made. It is shown this once. */
export function NewToken({ owner, text, onDone }: Props) {
  return (
    <Stack gap="md">
      <Text size="sm">
        Copy the key now and keep it where your program finds it: it is not shown again. Whoever has it may do what{' '}
        {owner.apiKeyType === 'USER' ? 'you may do' : 'the service account may do'}.
      </Text>
      <CodeBlock title="API key" code={text} />
      <CodeBlock title="To try it" code={example(location.origin)} />
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          I have kept the key
        </Button>
      </Group>
    </Stack>
  );
}
