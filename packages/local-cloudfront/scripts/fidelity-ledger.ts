import {
  cloudFrontFacts,
  factSections,
  fidelityExceptions,
  type Fact,
  type FidelityException,
} from "cf-rules/facts";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

/** What the ledger is made of. */
export interface LedgerSources {
  readonly facts: readonly Fact[];
  readonly exceptions: Readonly<Record<string, FidelityException>>;
  readonly tests: ReadonlyMap<string, readonly HoldingTest[]>;
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

const statusWords: Readonly<Record<FidelityException["status"], string>> = {
  different: "different",
  "not-local": "not local",
  elsewhere: "held elsewhere",
  open: "open",
};

/** Returns the problems of the ledger's sources: facts without a state, or with two. */
export function ledgerProblems({ facts, exceptions, tests }: LedgerSources): string[] {
  const ids = new Set(facts.map(({ id }) => id));
  return [
    ...facts.flatMap(({ id }) => {
      const held = (tests.get(id) ?? []).length > 0;
      const exception = exceptions[id];
      if (!held && exception === undefined)
        return [`${id} has no test and no entry in cf-rules/src/fidelity.json`];
      if (held && exception?.status === "open")
        return [`${id} is open in cf-rules/src/fidelity.json, but a test holds it`];
      if (held && exception?.status === "not-local")
        return [`${id} is not local in cf-rules/src/fidelity.json, but a test holds it`];
      return [];
    }),
    ...[...tests.keys(), ...Object.keys(exceptions)]
      .filter((id) => !ids.has(id))
      .map((id) => `${id} is no fact: cf-rules/src/facts.json does not have it`),
  ];
}

/** Returns the ledger as Markdown. */
export function writeLedger({ facts, exceptions, tests }: LedgerSources): string {
  const count = (predicate: (fact: Fact) => boolean): number => facts.filter(predicate).length;
  const held = count(({ id }) => (tests.get(id) ?? []).length > 0);
  const lines = [
    "# Fidelity",
    "",
    "How true the local CloudFront is to CloudFront, fact by fact. Each fact is held by a test that",
    "carries its id in its name, or it says here why not. This file is written by",
    "`pnpm --filter local-cloudfront fidelity` from the facts and exceptions of cf-rules and the names of",
    "the tests; a test fails when it is out of date.",
    "",
    `${facts.length} facts: ${held} held by tests here, ${(
      Object.keys(statusWords) as FidelityException["status"][]
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
  for (const [letter, title] of Object.entries(factSections)) {
    lines.push("", `## ${letter}. ${title}`, "", "| fact | | state |", "| --- | --- | --- |");
    for (const fact of facts.filter(({ id }) => id.split("-")[1] === letter)) {
      lines.push(row(fact, tests.get(fact.id) ?? [], exceptions[fact.id]));
    }
  }
  return `${lines.join("\n")}\n`;
}

function row(
  fact: Fact,
  tests: readonly HoldingTest[],
  exception: FidelityException | undefined,
): string {
  const states = [
    ...(exception === undefined ? [] : [`**${statusWords[exception.status]}**: ${exception.why}`]),
    ...[...new Set(tests.map(({ file }) => file))]
      .toSorted()
      .map((file) => `[${file.split("/").at(-1)}](../../${file})`),
  ];
  return `| **${fact.id}** ${fact.confidence} | ${cell(fact.fact)} | ${states.map(cell).join("<br>")} |`;
}

function cell(text: string): string {
  return text
    .replaceAll("|", String.raw`\|`)
    .replaceAll("<", "&lt;")
    .replaceAll("&lt;br>", "<br>");
}

/** Reads the facts, the exceptions, and the names of the tests. */
export function readLedgerSources(): LedgerSources {
  return { facts: cloudFrontFacts, exceptions: fidelityExceptions, tests: testsByFact() };
}

const idPattern = /\b(?:LE|CF|FN)-[A-KP]-\d\d\b/g;

/** Finds the tests whose names, as they run, carry ids. */
function testsByFact(): Map<string, HoldingTest[]> {
  const found = new Map<string, HoldingTest[]>();
  for (const test of collectTests()) {
    for (const id of new Set(test.name.match(idPattern))) {
      found.set(id, [...(found.get(id) ?? []), test]);
    }
  }
  return found;
}

/** Collects the tests of both packages without running them; those of a table have a name each. */
function collectTests(): readonly HoldingTest[] {
  const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
  try {
    const list = join(folder, "tests.json");
    const config = join(packageFolder, "scripts/fidelity.vitest.config.ts");
    const args = ["list", "--no-static-parse", `--config=${config}`, `--json=${list}`];
    // What vitest writes to the standard error is part of the error that is thrown when it fails.
    execFileSync(join(packageFolder, "node_modules/.bin/vitest"), args, { stdio: "pipe" });
    const tests = JSON.parse(readFileSync(list, "utf8")) as HoldingTest[];
    return tests.map(({ name, file }) => ({ name, file: relative(packagesFolder, file) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
