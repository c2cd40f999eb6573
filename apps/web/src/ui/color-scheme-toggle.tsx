import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const SCHEMES = {
  auto: { Icon: IconDeviceDesktop, label: 'as the system', next: 'light' },
  light: { Icon: IconSun, label: 'light', next: 'dark' },
  dark: { Icon: IconMoon, label: 'dark', next: 'auto' },
} as const satisfies Record<MantineColorScheme, { Icon: unknown; label: string; next: MantineColorScheme }>;

/** Steps through system, light and dark. Mantine remembers the choice in this browser. */
export function ColorSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { Icon, label, next } = SCHEMES[colorScheme];
  const words = `Colours: ${label}. Switch to ${SCHEMES[next].label}.`;
  return (
    <ActionIcon size="lg" onClick={() => setColorScheme(next)} aria-label={words} title={words}>
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
}
