/** All two-letter subtags, of which ICU knows what they stand for. */
const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const twoLetters = letters.flatMap((first) => letters.map((second) => first + second));

/** What a language was called before, by what it is called now: `iw` is `he`. */
const formerSubtags = Map.groupBy(
  twoLetters.filter((subtag) => nameOf(subtag) !== subtag),
  nameOf,
);

function nameOf(subtag: string): string {
  return new Intl.Locale(subtag).language;
}

/**
 * Returns the index of the locale by the lower-case range that asks for it, so that lookup (RFC 4647, 3.4) finds what
 * people mean: `pt` is served `pt-BR` where there is no other Portuguese, `zh-TW` is served `zh-Hant`, and `iw`, which
 * old browsers say, is served `he`. The likely scripts and regions are CLDR's, which Node.js has.
 *
 * @param locales Canonical language tags.
 * @see https://www.rfc-editor.org/rfc/rfc4647#section-3.4
 */
export function languageTable(locales: readonly string[]): Readonly<Record<string, number>> {
  const table = new Map(locales.map((locale, index) => [locale.toLowerCase(), index]));
  const offer = (range: string, index: number): void => {
    if (!table.has(range)) table.set(range, index);
  };
  const likely = locales.map((locale) => new Intl.Locale(locale).maximize());
  for (const { language } of likely) {
    const bare = new Intl.Locale(language).maximize();
    const best = likely.findIndex((each) => each.toString() === bare.toString());
    const first = likely.findIndex((each) => each.language === language);
    for (const [index, each] of likely.entries()) {
      const isOther = each.language === language && each.script !== bare.script;
      if (isOther) offer(`${language}-${each.script}`.toLowerCase(), index);
    }
    offer(language, best === -1 ? first : best);
    for (const [region, script] of regionsOfOtherScripts(language)) {
      const index = likely.findIndex(
        (each) => each.language === language && each.script === script,
      );
      if (index !== -1) offer(`${language}-${region}`, index);
    }
    for (const old of formerSubtags.get(language) ?? []) offer(old, table.get(language) ?? first);
  }
  return Object.fromEntries(table);
}

const regions = new Map<
  string,
  readonly (readonly [region: string, script: string | undefined])[]
>();

/** The regions, lower case, where a language is likely written as it is not elsewhere: `zh` in `tw`, in `Hant`. */
function regionsOfOtherScripts(language: string) {
  const known = regions.get(language);
  if (known !== undefined) return known;
  const { script } = new Intl.Locale(language).maximize();
  const found = twoLetters
    .map((region) => [region, new Intl.Locale(`${language}-${region}`).maximize().script] as const)
    .filter(([, there]) => there !== script);
  regions.set(language, found);
  return found;
}
