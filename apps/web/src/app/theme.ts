import { ActionIcon, type CSSVariablesResolver, createTheme } from '@mantine/core';
import { dark, gray, green, iris, red, yellow } from './colors.ts';

const SYSTEM_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif';
const SYSTEM_MONO = 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace';

/** What opens above a screen belongs to its main landmark. */
const IN_MAIN = { target: '#main' };

/** A dialog's header is a <header>, which would be a second banner of the page. */
const DIALOG = {
  closeButtonProps: { 'aria-label': 'Close' },
  attributes: { header: { role: 'presentation' } },
  styles: { title: { fontWeight: 620, lineHeight: 1.35 } },
} as const;

/**
 * A list of options scrolls by itself: in a scrolling box around it, the keyboard could not reach what is below. What
 * scrolls is no stop of its own, as browsers make it: the focus stays in the field, and would be lost with the list.
 */
const OPTIONS = {
  defaultProps: { withScrollArea: false, attributes: { options: { tabIndex: -1 } } },
  styles: { dropdown: { padding: 4 }, options: { maxHeight: 280, overflowY: 'auto' } },
} as const;

/** Wardline's look: one accent, tuned neutrals, borders rather than shadows. */
export const theme = createTheme({
  colors: { iris, gray, dark, red, green, yellow },
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  black: '#1c1d24',
  fontFamily: SYSTEM_FONT,
  fontFamilyMonospace: SYSTEM_MONO,
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: {
    fontFamily: SYSTEM_FONT,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.45' },
      h4: { fontSize: '0.9375rem', lineHeight: '1.5' },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Modal: { defaultProps: { ...DIALOG, centered: true } },
    Drawer: { defaultProps: DIALOG },
    // The placeholder takes the focus from the first item, and is no menu item itself.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: IN_MAIN } },
    Select: OPTIONS,
    Autocomplete: OPTIONS,
    TagsInput: OPTIONS,
    Popover: { defaultProps: { portalProps: IN_MAIN } },
    Tooltip: { defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: false } } },
  },
});

/** Colours of our own (`--wl-…`), and Mantine's that would fall short of AA contrast. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--wl-border': 'var(--mantine-color-gray-2)',
    '--wl-surface': 'var(--mantine-color-white)',
    '--wl-surface-hover': 'var(--mantine-color-gray-0)',
    '--wl-surface-sunken': 'var(--mantine-color-gray-0)',
    '--wl-canvas': '#fbfbfc',
    '--wl-success': 'var(--mantine-color-green-6)',
    '--wl-failure': 'var(--mantine-color-red-6)',
    '--wl-warning': 'var(--mantine-color-yellow-6)',
    '--wl-neutral': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': '#70717e',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-gray-text': 'var(--mantine-color-gray-6)',
    '--mantine-color-gray-light-color': 'var(--mantine-color-gray-6)',
  },
  dark: {
    '--wl-border': 'var(--mantine-color-dark-5)',
    '--wl-surface': '#16171c',
    '--wl-surface-hover': 'var(--mantine-color-dark-6)',
    '--wl-surface-sunken': '#0f1014',
    '--wl-canvas': 'var(--mantine-color-dark-7)',
    '--wl-success': 'var(--mantine-color-green-4)',
    '--wl-failure': 'var(--mantine-color-red-4)',
    '--wl-warning': 'var(--mantine-color-yellow-4)',
    '--wl-neutral': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-success': 'var(--mantine-color-green-4)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-3)',
    '--mantine-color-gray-text': 'var(--mantine-color-dark-2)',
    '--mantine-color-gray-light-color': 'var(--mantine-color-dark-2)',
  },
});
