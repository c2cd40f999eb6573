import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Notices } from '../ui/notices.tsx';
import { styleNonce } from './style-nonce.ts';
import { cssVariablesResolver, theme } from './theme.ts';

interface Props {
  readonly queryClient: QueryClient;
  readonly children: ReactNode;
  /** `test` switches transitions off. */
  readonly env?: 'default' | 'test';
}

/** What every screen stands on: server state, look, notifications. */
export function Providers({ queryClient, children, env = 'default' }: Props) {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        env={env}
        getStyleNonce={() => styleNonce}
      >
        <Notices />
        {children}
      </MantineProvider>
    </QueryClientProvider>
  );
}
