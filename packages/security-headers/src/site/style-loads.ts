import { type SiteLoad, loadsOf } from "./site-load.ts";

/**
 * Returns what a style sheet loads: fonts, pictures, other style sheets.
 *
 * @param css A style sheet, or the declarations of a style attribute.
 * @param firstLine Of the style sheet in its file.
 */
export function styleLoads(css: string, firstLine = 1): readonly SiteLoad[] {
  const code = css.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, " "));
  const fontFaces = [...code.matchAll(/@font-face\s*\{[^}]*\}/gi)].map(({ index, 0: text }) => ({
    start: index,
    end: index + text.length,
  }));
  return [...code.matchAll(address)].flatMap((match) => {
    const { index, groups = {} } = match;
    const found = (groups["quoted"] ?? groups["bare"] ?? groups["named"] ?? "").trim();
    const line = firstLine + code.slice(0, index).split("\n").length - 1;
    const isImport = groups["rule"] !== undefined;
    const isFont =
      fontFaces.some(({ start, end }) => start <= index && index < end) || fontFile.test(found);
    if (isImport)
      return loadsOf(found, { directive: "style-src", does: "imports a style sheet", line });
    return isFont
      ? loadsOf(found, { directive: "font-src", does: "loads a font", line })
      : loadsOf(found, { directive: "img-src", does: "loads an image", line });
  });
}

const fontFile = /\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)/i;
// `@import "a.css"`, `@import url(a.css)`, `url("a.png")`, `url(a.png)`, `image-set("a.png" 1x)`.
const address =
  /(?<rule>@import\s+)?(?:url\(\s*(?:(["'])(?<quoted>.*?)\2|(?<bare>[^"')][^)]*))\s*\)|(?<=@import\s+|image-set\((?:[^()]|url\([^)]*\))*)(["'])(?<named>.*?)\5)/gi;
