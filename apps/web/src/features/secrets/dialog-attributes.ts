/** For Mantine's Modal and Drawer: their `<header>` is no landmark of the page. */
export const DIALOG_ATTRIBUTES = { header: { role: 'presentation' } } as const;
