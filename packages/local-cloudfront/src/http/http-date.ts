const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const time = String.raw`\d{2}:\d{2}:\d{2}`;

/** As in `Sun, 06 Nov 1994 08:49:37 GMT`. */
const imfFixdate = new RegExp(String.raw`^${day}, \d{2} ${month} \d{4} ${time} GMT$`);
/** As in `Sunday, 06-Nov-94 08:49:37 GMT`. */
const rfc850Date = new RegExp(String.raw`^\w{6,9}, \d{2}-${month}-\d{2} ${time} GMT$`);
/** As in `Sun Nov  6 08:49:37 1994`. */
const asctimeDate = new RegExp(String.raw`^${day} ${month} [ \d]\d ${time} \d{4}$`);

/**
 * Reads a date in one of HTTP's three formats; undefined for anything else.
 *
 * @returns milliseconds since the Unix epoch
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function parseHttpDate(text: string): number | undefined {
  const date = text.trim();
  const isGmt = imfFixdate.test(date) || rfc850Date.test(date);
  if (!isGmt && !asctimeDate.test(date)) return undefined;
  const ms = Date.parse(isGmt ? date : `${date} GMT`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Writes milliseconds since the Unix epoch as HTTP does, in whole seconds. */
export function formatHttpDate(ms: number): string {
  return new Date(ms).toUTCString();
}
