import type { RedirectRule } from "../compile/redirect-rule.ts";

type Paths = Pick<RedirectRule, "from" | "to" | "trailingSlash">;

// A segment, the rest at the end, an escaped sign, or text. A dot that is not escaped is meant as one.
const part =
  /\(\[\^\\?\/\]\+\)|\((?<rest>\.[*+])\)$|(?<open>\.\*)$|\\(?<sign>[^\w])|(?<text>[\w~%/.-])/y;

/**
 * Returns a regular expression as paths with placeholders, where it says no more than these can: text,
 * `([^/]+)` for a segment, `(.*)` or `(.+)` for the rest, and `/?` at the end.
 *
 * @param to with `$1` for what the first group captured.
 * @returns undefined where it says more, or begins anywhere: it would not be linear in the path.
 */
export function regexPattern(regex: string, to: string): readonly Paths[] | undefined {
  const { body, slash, dollar } =
    /^\^(?<body>\/.*?)(?<slash>\/\?)?(?<dollar>\$)?$/.exec(regex)?.groups ?? {};
  if (body === undefined) return undefined;
  const parts = [...body.matchAll(new RegExp(part, "gy"))];
  if (parts.map(([written]) => written).join("") !== body) return undefined;
  const captured: string[] = [];
  let from = "";
  let rest: string | undefined;
  for (const { groups } of parts) {
    const { rest: ofGroup, open, sign, text } = groups ?? {};
    rest = ofGroup ?? open;
    if (rest !== undefined) captured.push(...(open === undefined ? [":splat"] : []));
    else if (sign !== undefined) from += /[:*?#]/.test(sign) ? encodeURIComponent(sign) : sign;
    else if (text !== undefined) from += text;
    else from += captured[captured.push(`:group${captured.length + 1}`) - 1];
  }
  const target = (names: readonly string[]): string =>
    to.replaceAll(/\$(\d)/g, (written, index: string) => names[Number(index) - 1] ?? written);
  const trailingSlash = slash === undefined ? "strict" : "ignore";
  if (rest === ".+") {
    // At least one segment, which the rest alone does not say.
    const names = [...captured.slice(0, -1), ":first"];
    const more = [...captured.slice(0, -1), ":first/:splat"];
    return [
      { from: `${from}:first`, to: target(names), trailingSlash },
      { from: `${from}:first/*`, to: target(more), trailingSlash },
    ];
  }
  if (rest !== undefined) return [{ from: `${from}*`, to: target(captured), trailingSlash }];
  if (dollar !== undefined) return [{ from, to: target(captured), trailingSlash }];
  // Whatever follows matches too: as a path below only where the text ends with a slash.
  if (slash !== undefined || !from.endsWith("/")) return undefined;
  return [{ from: `${from}*`, to: target(captured), trailingSlash: "strict" }];
}
