import { type Page, titled } from "./page.ts";
import { type PagePaths, withSiteLinks } from "./links.ts";
import { factPath } from "./paths.ts";
import { filesIn, readRepositoryFile } from "./repository.ts";

const fidelity = "packages/local-cloudfront/docs/FIDELITY.md";

/** The documents of the project that are pages. */
export function projectDocuments(): PagePaths {
  return new Map([
    ["docs/ARCHITECTURE.md", "project/architecture"],
    ["docs/GLOSSARY.md", "project/glossary"],
    [fidelity, "fidelity"],
    ...filesIn("docs/decisions").map(
      (file) => [`docs/decisions/${file}`, `decisions/${file.replace(/\.md$/, "")}`] as const,
    ),
  ]);
}

/** How the project is built, why, and how true the local CloudFront is. */
export function projectPages(pages: PagePaths): readonly Page[] {
  return [...projectDocuments()].map(([file, path]) => {
    const { title, body } = titled(readRepositoryFile(file));
    const linked = withSiteLinks(body, file, pages);
    return { path, title, body: file === fidelity ? withFactLinks(linked) : linked };
  });
}

function withFactLinks(ledger: string): string {
  return ledger.replaceAll(/^\| \*\*([A-Z]{2}-[A-Z]-\d\d)\*\*/gm, (_, id: string) => {
    return `| [**${id}**](${factPath(id)})`;
  });
}
