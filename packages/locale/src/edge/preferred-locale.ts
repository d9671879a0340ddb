/** What nobody writes by hand or has a browser write: the rest is not read. */
const maxCharacters = 1000;

/**
 * Returns the index of the locale that an Accept-Language asks for first, by lookup (RFC 4647, 3.4): a range that
 * stands for none loses its last part, until it stands for one. Undefined where none does.
 *
 * @param localeOfRange By lower-case range.
 */
export function preferredLocale(
  localeOfRange: Readonly<Record<string, number>>,
  acceptLanguage: string,
): number | undefined {
  let preferred: number | undefined;
  let most = 0;
  const ranges = acceptLanguage.slice(0, maxCharacters).toLowerCase().split(",");
  ranges.forEach((each) => {
    const parts = each.split(";");
    const weight = parts.length > 1 ? weightOf(parts[1] as string) : 1;
    // The first of several with one weight comes first.
    if (weight <= most) return;
    const locale = localeOf(localeOfRange, (parts[0] as string).trim());
    if (locale === undefined) return;
    preferred = locale;
    most = weight;
  });
  return preferred;
}

/** RFC 9110, 12.4.2; 0 for what is none. */
function weightOf(text: string): number {
  const weight = /^ *q *= *(0\.?\d{0,3}|1)/.exec(text);
  return weight ? Number(weight[1]) : 0;
}

function localeOf(
  localeOfRange: Readonly<Record<string, number>>,
  range: string,
): number | undefined {
  let rest = range;
  while (rest !== "") {
    const locale = localeOfRange[rest];
    // What every object has is no number.
    if (typeof locale === "number") return locale;
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf("-")));
    // A single letter introduces what followed it, and says nothing alone.
    if (rest.charAt(rest.length - 2) === "-") rest = rest.slice(0, -2);
  }
  return undefined;
}
