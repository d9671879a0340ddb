import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

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
        const pages = readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".html"))
          .map((file) => join(folder, file));
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

function withClasses(html: string, classes: Map<string, string>): string {
  return html.replaceAll(scriptOrTag, (tag) => {
    const [attribute, style] = / style="([^"]*)"/.exec(tag) ?? [];
    if (attribute === undefined || style === undefined || /^<script/i.test(tag)) return tag;
    const name = classes.get(style) ?? `a-${digest(style)}`;
    classes.set(style, name);
    const bare = tag.replace(attribute, "");
    return / class="/.test(bare)
      ? bare.replace(' class="', ` class="${name} `)
      : bare.replace(/^<[\w-]+/, (start) => `${start} class="${name}"`);
  });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
