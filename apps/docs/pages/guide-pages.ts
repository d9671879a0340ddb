import { type Page, titled } from "./page.ts";
import { type PagePaths, withSiteLinks } from "./links.ts";
import { readRepositoryFile } from "./repository.ts";

/** The guides, in the order of the sidebar: a file each in `guides`. */
export const guideNames = [
  "my-spa",
  "my-cdk-app",
  "my-template",
  "my-test",
  "choose-an-engine",
  "deploy",
  "operate",
];

/** The documents that are written by hand for the site: the first page, and the guides. */
export function guideDocuments(): PagePaths {
  return new Map([
    ["apps/docs/guides/index.md", "index"],
    ...guideNames.map((name) => [`apps/docs/guides/${name}.md`, `guides/${name}`] as const),
  ]);
}

/** Their pages. */
export function guidePages(pages: PagePaths): readonly Page[] {
  return [...guideDocuments()].map(([file, path]) => {
    const { title, body } = titled(readRepositoryFile(file));
    return { path, title, body: withSiteLinks(body, file, pages) };
  });
}
