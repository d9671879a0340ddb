import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cdkArgsOf } from "../src/command/command-options.ts";
import { runEdgeSite, runEdgeSiteHere } from "./run-edge-site.ts";

const home = mkdtempSync(join(tmpdir(), "command-options-"));
afterAll(() => rmSync(home, { recursive: true }));

describe("the options of a command", () => {
  it.each([[["--stage", "prd"]], [["--stage=prd"]], [["--verbose", "--stage", "prd"]]])(
    "%j name a stage",
    async (args) => {
      const { exitStatus, stderr } = await runEdgeSiteHere("deploy", args, home);
      expect(exitStatus).toBe(1);
      expect(stderr).toMatch(/^The stage is not in edge\.config\.ts: got "prd"/);
    },
  );

  it("name a stage behind the -- of a package manager", async () => {
    const { exitStatus, stderr } = await runEdgeSite("deploy", ["--", "--stage", "prd"], home);
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(/^The stage is not in edge\.config\.ts: got "prd"/);
  });

  it.each([[["--stage"]], [["--stage", "--verbose"]], [["--stage="]]])(
    "%j are refused",
    async (args) => {
      const { exitStatus, stderr } = await runEdgeSiteHere("deploy", args, home);
      expect(exitStatus).toBe(1);
      expect(stderr).toMatch(/^Option '--stage <name>' argument [^\n]+\n$/);
    },
  );

  it("of preflight are its own: there is no CDK command to hand others to", async () => {
    const { exitStatus, stderr } = await runEdgeSiteHere("preflight", ["--verbose"], home);
    expect(exitStatus).toBe(1);
    expect(stderr).toBe("Unknown option '--verbose': edge-site --help lists the options.\n");
  });

  it("name a configuration: a file or its folder", async () => {
    const { exitStatus, stderr } = await runEdgeSiteHere("deploy", ["--config", home], home);
    expect(exitStatus).toBe(1);
    expect(stderr).toBe(
      `There is no edge.config.ts: looked in ${home}. Run the command in its folder, or name it: --config FOLDER.\n`,
    );
  });
});

describe("the arguments for the CDK CLI", () => {
  const known = ["--config", "--stage", "--assembly"];

  it("are handed on as they are, options that look alike included", () => {
    const args = ["--verbose", "--require-approval", "any", "--staging"];
    expect(cdkArgsOf(args, known)).toEqual(args);
  });

  it.each([
    [["--stag", "prod"], 'The option is not known: got "--stag". Did you mean --stage?'],
    [["--stages=prod"], 'The option is not known: got "--stages". Did you mean --stage?'],
    [["--asembly", "out"], 'The option is not known: got "--asembly". Did you mean --assembly?'],
  ])("%j are refused: the first stage was hardly meant", (args, message) => {
    expect(() => cdkArgsOf(args, known)).toThrow(message);
  });
});
