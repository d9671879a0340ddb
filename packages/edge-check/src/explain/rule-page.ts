import { existsSync, readFileSync } from "node:fs";

/** A piece of code or of a template that a rule refuses, or lets pass. */
export interface RuleExample {
  readonly language: "js" | "yaml";
  /** Where it belongs, as in `viewer-request` or `template.yaml`. */
  readonly title: string;
  readonly code: string;
}

/** A page of AWS that a rule follows. */
export interface RuleSource {
  readonly title: string;
  readonly url: string;
}

/** What `rules/<id>.md` says. */
export interface RulePage {
  readonly why: string;
  readonly refused: RuleExample;
  readonly passes: RuleExample;
  readonly remedy: string;
  /** At least one. */
  readonly sources: readonly [RuleSource, ...RuleSource[]];
}

const folder = new URL("../../rules/", import.meta.url);

/** Reads the page of a rule, which lies beside the sources and in the published package. */
export function readRulePage(id: string): RulePage {
  const file = new URL(`${id}.md`, folder);
  if (!existsSync(file))
    throw new Error(`${file.pathname} does not exist: write the page of ${id}.`);
  const [why = "", ...sections] = readFileSync(file, "utf8").trim().split(/^## /m);
  const section = (title: string): string => {
    const found = sections.find((each) => each.startsWith(`${title}\n`));
    if (found === undefined) throw new Error(`${file.pathname} has no section "${title}".`);
    return found.slice(title.length).trim();
  };
  return {
    why: why.trim(),
    refused: example(section("Refused"), file),
    passes: example(section("Passes"), file),
    remedy: section("Remedy"),
    sources: sourcesIn(section("Source"), file),
  };
}

function sourcesIn(text: string, file: URL): RulePage["sources"] {
  const [first, ...others] = [...text.matchAll(/^- \[(.+)\]\((.+)\)$/gm)].map(
    ([, title = "", url = ""]) => ({ title, url }),
  );
  if (first === undefined) throw new Error(`${file.pathname} names no page of AWS.`);
  return [first, ...others];
}

function example(text: string, file: URL): RuleExample {
  const [, language, title, code] = /^```(js|yaml) title="(.+)"\n([\s\S]*)\n```$/.exec(text) ?? [];
  if ((language !== "js" && language !== "yaml") || title === undefined || code === undefined) {
    throw new Error(`${file.pathname} has an example that is no block of js or yaml with a title.`);
  }
  return { language, title, code };
}
