/** Percent-encodes text and never throws: half a surrogate pair makes all that is beyond ASCII U+FFFD. */
export function encodeText(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replace(/[^ -~]/g, "\uFFFD"));
  }
}
