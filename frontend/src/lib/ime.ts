/** Whether the key belongs to an input method, such as the Enter that accepts a conversion. Safari says so by 229 only. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
