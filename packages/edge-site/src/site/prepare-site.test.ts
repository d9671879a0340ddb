import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineEdgeConfig, type EdgeFunctionConfig } from "../config/edge-config.ts";
import { prepareSite } from "./prepare-site.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "prepare-site-"));
  for (const name of ["dist", "new", "cdk.out"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "dist/index.html"), "as built");
});

afterEach(() => rmSync(folder, { recursive: true }));

function prepared(config: EdgeFunctionConfig["config"]) {
  const edgeConfig = defineEdgeConfig({
    stackName: "site",
    siteFolder: "dist",
    functions: [{ package: "a-function", config }],
  });
  return prepareSite(edgeConfig, {
    configFile: join(folder, "edge.config.ts"),
    copyFolder: join(folder, "new/site"),
    finalCopyFolder: join(folder, "cdk.out/site"),
  });
}

describe("a site whose options are compiled already", () => {
  it("is deployed as it was built", () => {
    const built = join(folder, "dist");
    const site = prepared({ a: 1 });
    expect([site.folder, site.finalFolder]).toEqual([built, built]);
    expect(site.functions.map(({ config }) => config)).toEqual([{ a: 1 }]);
  });
});

describe("a site for which options are compiled", () => {
  it("is a copy in the assembly, which the options' package may change", () => {
    const site = prepared((siteFolder) => {
      const file = join(siteFolder, "index.html");
      const text = readFileSync(file, "utf8");
      writeFileSync(file, `${text}, and changed`);
      return { text };
    });
    expect(site.functions.map(({ config }) => config)).toEqual([{ text: "as built" }]);
    expect(readFileSync(join(folder, "new/site/index.html"), "utf8")).toBe("as built, and changed");
    expect(readFileSync(join(folder, "dist/index.html"), "utf8")).toBe("as built");
    expect(site.folder).toBe(join(folder, "new/site"));
    expect(site.finalFolder).toBe(join(folder, "cdk.out/site"));
  });

  it("is refused options that are not plain JSON", () => {
    expect(() => prepared(() => ({ pattern: /a/ }))).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: functions[0].config is not plain JSON: got {"pattern":{}}. Give the package's options, or what its compile function returns.]`,
    );
  });
});
