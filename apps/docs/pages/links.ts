import { posix } from "node:path";

/** Where the documents of the repository are on the site, by their paths. */
export type PagePaths = ReadonlyMap<string, string>;

const link = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g;
const fence = /^(```[^]*?^```|~~~[^]*?^~~~)/m;

/**
 * Leads the links of a document of the repository to the pages of the site. What the site does not have
 * stays as text; pictures lie beside their page.
 *
 * @param from path of the document in the repository
 */
export function withSiteLinks(markdown: string, from: string, pages: PagePaths): string {
  return withMarkdownPictures(markdown)
    .split(fence)
    .map((part) => (fence.test(part) ? part : linesWithLinks(part, from, pages)))
    .join("");
}

/** Pictures are found in Markdown alone; what HTML says of their size is left out. */
function withMarkdownPictures(markdown: string): string {
  return markdown.replaceAll(/<img\b[^>]*>/g, (tag) => {
    const [, source = ""] = /\bsrc="([^"]*)"/.exec(tag) ?? [];
    const [, text = ""] = /\balt="([^"]*)"/.exec(tag) ?? [];
    return `![${text}](${source})`;
  });
}

function linesWithLinks(markdown: string, from: string, pages: PagePaths): string {
  return markdown.replaceAll(link, (all, mark: string, text: string, target: string) => {
    const [, packageName] = /^https:\/\/www\.npmjs\.com\/package\/([\w-]+)$/.exec(target) ?? [];
    const ownPage = pages.get(`packages/${packageName}/README.md`);
    if (ownPage !== undefined) return `[${text}](/${ownPage}/)`;
    if (/^(?:https?:|#)/.test(target)) return all;
    if (mark === "!") return `![${text}](./${posix.basename(target)})`;
    const [path = "", anchor] = target.split("#");
    const page = pages.get(posix.join(posix.dirname(from), path));
    if (page === undefined) return text;
    return `[${text}](/${page}/${anchor === undefined ? "" : `#${anchor}`})`;
  });
}

/** Returns the pictures that a document shows, by their paths in the repository. */
export function picturesOf(markdown: string, from: string): readonly string[] {
  return [...withMarkdownPictures(markdown).matchAll(link)]
    .filter(([, mark, , target = ""]) => mark === "!" && !target.startsWith("http"))
    .map(([, , , target = ""]) => posix.join(posix.dirname(from), target));
}
