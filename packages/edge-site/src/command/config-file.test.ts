import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configFileAt } from "./config-file.ts";

let folder: string;
const before = process.cwd();

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "config-file-")));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

function write(file: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  return path;
}

describe("the configuration", () => {
  it("is that of the working directory, else the only one in its folders", () => {
    const below = write("apps/infra/edge.config.ts");
    write("node_modules/other/edge.config.ts");
    write(".cache/edge.config.ts");
    write("a/b/c/edge.config.ts");
    expect(configFileAt()).toBe(below);
    const own = write("edge.config.mjs");
    expect(configFileAt()).toBe(own);
  });

  it("is the one that is named, by its folder or itself", () => {
    const file = write("site/edge.config.ts");
    write("other/edge.config.ts");
    expect([configFileAt("site"), configFileAt("site/edge.config.ts")]).toEqual([file, file]);
  });

  it("is asked for where there are several, or none", () => {
    expect(() => configFileAt()).toThrow(
      /There is no edge\.config\.ts: looked in .* --config FOLDER/,
    );
    write("one/edge.config.ts");
    write("two/edge.config.ts");
    expect(() => configFileAt()).toThrow(
      "There is more than one edge.config.ts: found one/edge.config.ts and two/edge.config.ts. Run the command in the folder of one, or name it: --config FOLDER.",
    );
    mkdirSync(join(folder, "empty"));
    expect(() => configFileAt("empty")).toThrow("There is no edge.config.ts");
  });
});
