/**
 * A ref for what takes the place of a step that had the keyboard: it goes on there, rather than nowhere. What a dialog
 * focuses when it opens has `data-autofocus` instead.
 */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
