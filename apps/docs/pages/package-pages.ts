import { type ApiEntry, apiReference, readPackageJson } from "package-check";
import { documentedPackages, documentName, documentsOf } from "./documented-packages.ts";
import { type PagePaths, withSiteLinks } from "./links.ts";
import { type Page, titled } from "./page.ts";
import { readRepositoryFile, repositoryPath } from "./repository.ts";

/** The pages of each package: what its README and its docs say, and its API from the docstrings. */
export function packagePages(pages: PagePaths): readonly Page[] {
  return documentedPackages().flatMap(({ name, folder }) => {
    const page = (path: string, file: string, label?: string): Page => {
      const { title, body } = titled(readRepositoryFile(file));
      return { path, title, label, body: withSiteLinks(body, file, pages) };
    };
    return [
      page(`reference/${name}`, `${folder}/README.md`, "Overview"),
      ...documentsOf(folder).map((file) =>
        page(`reference/${name}/${documentName(file)}`, `${folder}/docs/${file}`),
      ),
      {
        path: `reference/${name}/api`,
        title: `The API of ${name}`,
        label: "API",
        body: apiText(repositoryPath(folder)),
      },
    ];
  });
}

function apiText(folder: string): string {
  const packageJson = readPackageJson(folder);
  const commands = Object.keys(packageJson.bin ?? {}).map((command) => `- \`${command}\``);
  return [
    ...(commands.length === 0 ? [] : [`## Commands\n\n${commands.join("\n")}`]),
    ...apiReference(folder, packageJson).map(({ title, entries }) =>
      [`## ${title}`, ...entries.map(entryText)].join("\n\n"),
    ),
  ].join("\n\n");
}

function entryText({ name, docs, declaration }: ApiEntry): string {
  return [`### ${name}`, docsText(docs), `\`\`\`ts\n${declaration}\n\`\`\``]
    .filter((part) => part !== "")
    .join("\n\n");
}

const tags: Readonly<Record<string, string>> = {
  param: "Parameter",
  returns: "Returns",
  throws: "Throws",
  see: "See",
  default: "Default",
};

/** A docstring is Markdown already; its tags become a list. */
function docsText(docs: string): string {
  const [description = "", ...tagged] = docs.split(/^@(?=[a-z])/m);
  const list = tagged.map((each) => {
    const [, tag = "", rest = ""] = /^(\w+)\s*([^]*)$/.exec(each.trim()) ?? [];
    const text = rest
      .replace(/\s*\n\s*/g, " ")
      .replace(/^\{(\w+)\}/, "`$1`")
      .replace(/^(https?:\S+)$/, "<$1>");
    const [, parameter, what] = tag === "param" ? (/^(\S+)\s+([^]*)$/.exec(text) ?? []) : [];
    return `- **${tags[tag] ?? tag}** ${parameter === undefined ? text : `\`${parameter}\`: ${what}`}`;
  });
  return [description.trim(), list.join("\n")].filter((part) => part !== "").join("\n\n");
}
