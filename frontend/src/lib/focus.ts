/** Focus for what appears in place: `ref={focusWhenShown}`. The attribute `autofocus` works only once in a page. */

export function focusWhenShown(element: HTMLInputElement | HTMLTextAreaElement | null): void {
  element?.focus()
  element?.select()
}
