import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** A fact of how CloudFront behaves, with how sure its source is. */
interface Fact {
  readonly id: string;
  readonly confidence: "documented" | "inferred" | "folklore";
  readonly fact: string;
}

/** Why no test here holds a fact. */
interface Exception {
  /**
   * `different`: done otherwise on purpose. `not-local`: about AWS's own machinery, which a local
   * server does not have. `elsewhere`: held by another package. `open`: not done yet.
   */
  readonly status: "different" | "not-local" | "elsewhere" | "open";
  readonly why: string;
}

/** A test that names a fact. */
interface HoldingTest {
  readonly file: string;
  readonly name: string;
}

const packageFolder = resolve(import.meta.dirname, "..");
const packagesFolder = resolve(packageFolder, "..");

/** Where the ledger is kept. */
export const ledgerPath: string = join(packageFolder, "docs/FIDELITY.md");

const sections: Readonly<Record<string, string>> = {
  A: "Request lifecycle: which event runs when",
  B: "Event structure and what may change",
  C: "Header rules and how failures show",
  D: "Generated and updated responses",
  E: "Quotas, runtimes, Lambda features",
  F: "IAM, logs, replication, deployment",
  G: "Caching",
  H: "S3 origins and custom error responses",
  I: "CloudFront Functions",
  J: "Path patterns and limits of URLs and headers",
  K: "Access log fields",
};

const statusWords: Readonly<Record<Exception["status"], string>> = {
  different: "different",
  "not-local": "not local",
  elsewhere: "held elsewhere",
  open: "open",
};

/** Returns the problems of the ledger's sources: facts without a state, or with two. */
export function ledgerProblems(): string[] {
  const { facts, exceptions, tests } = readSources();
  const ids = new Set(facts.map(({ id }) => id));
  return [
    ...facts.flatMap(({ id }) => {
      const held = (tests.get(id) ?? []).length > 0;
      const exception = exceptions[id];
      if (!held && exception === undefined)
        return [`${id} has no test and no entry in docs/fidelity.json`];
      if (held && exception?.status === "open")
        return [`${id} is open in docs/fidelity.json, but a test holds it`];
      if (held && exception?.status === "not-local")
        return [`${id} is not local in docs/fidelity.json, but a test holds it`];
      return [];
    }),
    ...[...tests.keys(), ...Object.keys(exceptions)]
      .filter((id) => !ids.has(id))
      .map((id) => `${id} is no fact: docs/facts.json does not have it`),
  ];
}

/** Returns the ledger as Markdown. */
export function writeLedger(): string {
  const { facts, exceptions, tests } = readSources();
  const count = (predicate: (fact: Fact) => boolean): number => facts.filter(predicate).length;
  const held = count(({ id }) => (tests.get(id) ?? []).length > 0);
  const lines = [
    "# Fidelity",
    "",
    "How true the local CloudFront is to CloudFront, fact by fact. Each fact is held by a test that",
    "carries its id in its name, or it says here why not. This file is written by",
    "`pnpm --filter local-cloudfront fidelity` from `docs/facts.json`, `docs/fidelity.json` and the",
    "names of the tests; a test fails when it is out of date.",
    "",
    `${facts.length} facts: ${held} held by tests here, ${(
      Object.keys(statusWords) as Exception["status"][]
    )
      .map(
        (status) =>
          `${count(({ id }) => exceptions[id]?.status === status)} ${statusWords[status]}`,
      )
      .join(", ")}.`,
    "",
    "**documented**: stated by AWS. **inferred**: follows from what AWS states. **folklore**: seen in",
    "responses and logs that others have published.",
  ];
  for (const [letter, title] of Object.entries(sections)) {
    lines.push("", `## ${letter}. ${title}`, "", "| fact | | state |", "| --- | --- | --- |");
    for (const fact of facts.filter(({ id }) => id.split("-")[1] === letter)) {
      lines.push(row(fact, tests.get(fact.id) ?? [], exceptions[fact.id]));
    }
  }
  return `${lines.join("\n")}\n`;
}

function row(fact: Fact, tests: readonly HoldingTest[], exception: Exception | undefined): string {
  const states = [
    ...(exception === undefined ? [] : [`**${statusWords[exception.status]}**: ${exception.why}`]),
    ...[...new Set(tests.map(({ file }) => file))].map(
      (file) => `[${file.split("/").at(-1)}](../../${file})`,
    ),
  ];
  return `| **${fact.id}** ${fact.confidence} | ${cell(fact.fact)} | ${states.map(cell).join("<br>")} |`;
}

function cell(text: string): string {
  return text
    .replaceAll("|", String.raw`\|`)
    .replaceAll("<", "&lt;")
    .replaceAll("&lt;br>", "<br>");
}

function readSources(): {
  readonly facts: readonly Fact[];
  readonly exceptions: Readonly<Record<string, Exception>>;
  readonly tests: ReadonlyMap<string, readonly HoldingTest[]>;
} {
  return {
    facts: readJson("docs/facts.json") as Fact[],
    exceptions: readJson("docs/fidelity.json") as Record<string, Exception>,
    tests: testsByFact(),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(packageFolder, file), "utf8"));
}

/** Finds the tests whose names carry ids: what stands in quotes and contains one. */
function testsByFact(): Map<string, HoldingTest[]> {
  const found = new Map<string, HoldingTest[]>();
  const files = globSync("{local-cloudfront,cf-rules}/{src,test}/**/*.test.ts", {
    cwd: packagesFolder,
  });
  for (const file of files.toSorted()) {
    const source = readFileSync(join(packagesFolder, file), "utf8");
    for (const [, , name = ""] of source.matchAll(
      /(["'`])((?:(?!\1)[^\n])*?\b(?:LE|CF|FN)-[A-K]-\d\d\b(?:(?!\1)[^\n])*)\1/g,
    )) {
      for (const [id] of name.matchAll(/\b(?:LE|CF|FN)-[A-K]-\d\d\b/g)) {
        found.set(id, [...(found.get(id) ?? []), { file, name }]);
      }
    }
  }
  return found;
}
