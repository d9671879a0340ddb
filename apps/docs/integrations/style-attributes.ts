import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/** How the style sheet of code blocks finds the tokens, whose colours are in their style attributes. */
const tokens = "span[style^='--']:not([class])";
const tokenClasses = "span[class^='a-']";

const script = "<script[^]*?</script>";
const startTag = String.raw`<[a-z][\w-]*(?:\s+[^\s=>"]+(?:="[^"]*")?)*\s*/?>`;
const scriptOrTag = new RegExp(`${script}|${startTag}`, "gi");

/**
 * Moves the style attributes of the built pages into one style sheet. A Content-Security-Policy allows such
 * attributes by a hash for each, which are too many for a response headers policy.
 */
export function styleAttributes(): AstroIntegration {
  return {
    name: "style-attributes",
    hooks: {
      "astro:build:done"({ dir }) {
        const folder = fileURLToPath(dir);
        const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
        const filesOf = (extension: string): readonly string[] =>
          files.filter((file) => file.endsWith(extension)).map((file) => join(folder, file));
        for (const sheet of filesOf(".css")) {
          writeFileSync(sheet, withTokenClasses(readFileSync(sheet, "utf8")));
        }
        const pages = filesOf(".html");
        const classes = new Map<string, string>();
        const texts = pages.map((page) => withClasses(readFileSync(page, "utf8"), classes));
        const css = [...classes].map(([style, name]) => `.${name}{${style}}`).join("\n");
        const href = `/_astro/attributes.${digest(css)}.css`;
        writeFileSync(join(folder, href), css);
        for (const [index, page] of pages.entries()) {
          const text = texts[index] ?? "";
          writeFileSync(
            page,
            text.replace("</head>", `<link rel="stylesheet" href="${href}"></head>`),
          );
        }
      },
    },
  };
}

/** @throws {Error} for a selector of style attributes that is not known, since it would select nothing. */
function withTokenClasses(css: string): string {
  const text = css.replaceAll(tokens, tokenClasses);
  const [left] = /[^,{}]*\[style[^{}]*/.exec(text) ?? [];
  if (left === undefined) return text;
  throw new Error(`A style sheet selects style attributes, which are classes here: got ${left}.`);
}

function withClasses(html: string, classes: Map<string, string>): string {
  return html.replaceAll(scriptOrTag, (tag) => {
    const [attribute, style] = / style="([^"]*)"/.exec(tag) ?? [];
    if (attribute === undefined || style === undefined || /^<script/i.test(tag)) return tag;
    const bare = tag.replace(attribute, "");
    // A script shows it by emptying `style.display`, which a class would outlive.
    if (style === "display: none;") return bare;
    const name = classes.get(style) ?? `a-${digest(style)}`;
    classes.set(style, name);
    return / class="/.test(bare)
      ? bare.replace(' class="', ` class="${name} `)
      : bare.replace(/^<[\w-]+/, (start) => `${start} class="${name}"`);
  });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
