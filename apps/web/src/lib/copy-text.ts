/**
 * Puts a text on the clipboard.
 * @returns why it could not be copied, in words; undefined once it is there.
 */
export async function copyText(text: string): Promise<string | undefined> {
  // Absent outside of secure contexts (https://w3c.github.io/clipboard-apis/#navigator-interface).
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (!clipboard) return 'Browsers let a page copy only over HTTPS, or on localhost.';
  try {
    await clipboard.writeText(text);
    return undefined;
  } catch {
    return 'The browser did not allow it. Allow this page to use the clipboard, then try again.';
  }
}
