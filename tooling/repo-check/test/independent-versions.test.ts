import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const changeset = join(root, "node_modules/.bin/changeset");

const functions = ["spa-rewrite", "security-headers", "secret-redirect"];
// Without pnpm, as where somebody calls npx.
const env = { PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter) };

let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "cf-edge-versions-"));
  const copied = [
    "package.json",
    "pnpm-workspace.yaml",
    "pnpm-lock.yaml",
    ".oxfmtrc.json",
    ".changeset/config.json",
    ...globSync("{packages,apps,tooling}/*/package.json", { cwd: root }),
  ];
  for (const file of copied) cpSync(join(root, file), join(clone, file));
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git(
    "-c",
    "user.name=test",
    "-c",
    "user.email=test@localhost",
    "commit",
    "--quiet",
    "-m",
    "Start",
  );
});

afterEach(() => rmSync(clone, { recursive: true }));

function git(...args: string[]): void {
  execFileSync("git", args, { cwd: clone });
}

function versions(): Record<string, string> {
  return Object.fromEntries(
    globSync("{packages,apps,tooling}/*/package.json", { cwd: clone })
      .toSorted()
      .map((file) => [file.split("/").at(-2) ?? "", readJson(file).version ?? "none"]),
  );
}

function readJson(file: string): { version?: string } {
  return JSON.parse(readFileSync(join(clone, file), "utf8")) as { version?: string };
}

describe("changeset version", () => {
  it.each(functions)(
    "a changeset for %s bumps that function alone, writes its changelog, and leaves nothing to release",
    (name) => {
      const before = versions();
      writeFileSync(
        join(clone, ".changeset/brave-edges-listen.md"),
        `---\n"${name}": patch\n---\n\nAnswer faster.\n`,
      );
      execFileSync(changeset, ["version"], { cwd: clone, env, stdio: "pipe" });

      const after = versions();
      const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
      expect(changed).toEqual([name]);
      const changelog = readFileSync(join(clone, `packages/${name}/CHANGELOG.md`), "utf8");
      expect(changelog).toContain(`## ${after[name]}`);
      expect(changelog).toContain("Answer faster.");
      const status = execFileSync(changeset, ["status"], { cwd: clone, env, encoding: "utf8" });
      expect(functions.filter((each) => status.includes(each))).toEqual([]);
    },
  );
});
