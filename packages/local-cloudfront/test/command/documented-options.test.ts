import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { command } from "../support/command.ts";

/** The names of the options in a text, as in `--origin`. */
function optionsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/--[a-z][a-z-]*/g));
}

function optionsOfHelp(...words: readonly string[]): ReadonlySet<string> {
  const { stdout } = spawnSync(process.execPath, [command, ...words, "--help"], {
    encoding: "utf8",
  });
  return optionsIn((stdout.match(/^ +(?:-\w, )?--[a-z-]+/gm) ?? []).join("\n"));
}

function document(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
}

it("docs/OPTIONS.md lists each option of the command", () => {
  const [block = ""] = /^```text\n[^]*?^```$/m.exec(document("OPTIONS.md")) ?? [];
  const listed = [...optionsIn(block)];
  const all = [...optionsOfHelp()].filter((name) => !["--help", "--version"].includes(name));
  expect(listed.toSorted()).toEqual(all.toSorted());
});

it.each([
  ["replay", "REPLAY.md"],
  ["test-function", "CLOUDFRONT-FUNCTIONS.md"],
])("those of %s are in docs/%s, or in docs/OPTIONS.md", (subcommand, name) => {
  const documented = optionsIn(document(name) + document("OPTIONS.md"));
  const missing = [...optionsOfHelp(subcommand)].filter((option) => !documented.has(option));
  expect(missing).toEqual(["--help"]);
});
