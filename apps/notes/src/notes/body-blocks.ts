/** A piece of a note's body. */
export type BodyBlock =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] };

const bullet = /^[-*] +/;

/** Returns a body's paragraphs, which blank lines part, and its lists, whose lines begin with `- `. */
export function bodyBlocks(body: string): readonly BodyBlock[] {
  return body
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((text) => {
      const lines = text.split("\n");
      return lines.every((line) => bullet.test(line))
        ? { kind: "list", items: lines.map((line) => line.replace(bullet, "")) }
        : { kind: "paragraph", text };
    });
}

/** Returns the first words of a body as one line, for the list of notes. */
export function excerpt(body: string): string {
  return bodyBlocks(body)
    .map((block) => (block.kind === "list" ? sentence(block.items) : block.text))
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .slice(0, 240);
}

function sentence(items: readonly string[]): string {
  return items
    .map((item, index) => {
      if (/[.!?:;,]$/.test(item)) return item;
      return item + (index === items.length - 1 ? "." : ",");
    })
    .join(" ");
}
