import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { factPages } from "../pages/fact-pages.ts";
import { guideDocuments, guidePages } from "../pages/guide-pages.ts";
import { picturesOf } from "../pages/links.ts";
import { packageDocuments } from "../pages/documented-packages.ts";
import { packagePages } from "../pages/package-pages.ts";
import { pageText } from "../pages/page.ts";
import { projectDocuments, projectPages } from "../pages/project-pages.ts";
import { readRepositoryFile, repositoryPath } from "../pages/repository.ts";
import { rulePages } from "../pages/rule-pages.ts";

const content = join(import.meta.dirname, "../src/content/docs");

rmSync(content, { recursive: true, force: true });

const documents = new Map([...guideDocuments(), ...packageDocuments(), ...projectDocuments()]);
const pages = [
  ...guidePages(documents),
  ...rulePages(),
  ...factPages(),
  ...packagePages(documents),
  ...projectPages(documents),
];
const folders = new Set(pages.map(({ path }) => dirname(path)));
const fileOf = (path: string) =>
  join(content, folders.has(path) ? `${path}/index.md` : `${path}.md`);
for (const page of pages) {
  const file = fileOf(page.path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, pageText(page));
}
for (const [document, path] of documents) {
  for (const picture of picturesOf(readRepositoryFile(document), document)) {
    copyFileSync(repositoryPath(picture), join(dirname(fileOf(path)), basename(picture)));
  }
}
