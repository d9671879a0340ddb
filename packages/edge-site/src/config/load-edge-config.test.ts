import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configFile } from "../../test/notes/config-file.ts";
import { loadEdgeConfig } from "./load-edge-config.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "load-edge-config-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Each in a folder of its own: a module is imported once. */
function writeConfig(name: string, content: string, fileName = "edge.config.ts"): string {
  mkdirSync(join(folder, name));
  const file = join(folder, name, fileName);
  writeFileSync(file, content);
  return file;
}

describe("loadEdgeConfig", () => {
  it("returns what edge.config.ts exports", async () => {
    const { stackName, functions } = await loadEdgeConfig(configFile);
    expect(stackName).toBe("notes");
    expect(functions.map((each) => each.package)).toEqual(
      expect.arrayContaining(["spa-rewrite", "security-headers", "secret-redirect"]),
    );
  });

  it("names the line at which an option is refused", async () => {
    const file = writeConfig("refused", '\n\nthrow new Error("path is not a string: got 7.");\n');
    await expect(loadEdgeConfig(file)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: edge.config.ts:3: path is not a string: got 7.]`,
    );
  });

  it("names the line of the setting that is refused, not that of the call", async () => {
    const config = new URL("edge-config.ts", import.meta.url).pathname;
    const file = writeConfig(
      "setting",
      `import { defineEdgeConfig } from ${JSON.stringify(config)};
export const edgeConfig = defineEdgeConfig({
  stackName: "notes",
  siteFolder: "dist",
  functions: [],
  stages: {
    prod: {
      runtime: "nodejs18.x",
    },
  },
});
`,
    );
    await expect(loadEdgeConfig(file)).rejects.toThrow(
      'edge.config.ts:8: stages.prod.runtime is not valid: got "nodejs18.x".',
    );
  });

  it("shows the line of a syntax error, with the lines around it", async () => {
    const file = writeConfig("syntax", "export const edgeConfig = {\n  stackName;\n};\n");
    await expect(loadEdgeConfig(file)).rejects.toThrow(/edge\.config\.ts:2:11:[^]*stackName;/);
  });

  it("takes a file of JavaScript", async () => {
    const script = 'export const edgeConfig = { stackName: "script" };\n';
    const file = writeConfig("script", script, "edge.config.mjs");
    expect(await loadEdgeConfig(file)).toEqual({ stackName: "script" });
  });

  it("refuses a file without edgeConfig", async () => {
    const file = writeConfig("empty", "export const config = {};\n");
    await expect(loadEdgeConfig(file)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: edge.config.ts does not export edgeConfig. Write: export const edgeConfig = defineEdgeConfig({ … });]`,
    );
  });

  it("says that an imported package is not built", async () => {
    const target = join(folder, "unbuilt", "spa-rewrite", "dist", "index.js");
    const file = writeConfig("unbuilt", `import ${JSON.stringify(target)};\n`);
    await expect(loadEdgeConfig(file)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: Package "spa-rewrite" is not built: edge.config.ts cannot import it. Run the script "build" of that package.]`,
    );
  });

  it("says that an imported package is unknown", async () => {
    const file = writeConfig("unknown", 'import "spa-rewritten";\n');
    await expect(loadEdgeConfig(file)).rejects.toThrow(/^edge\.config\.ts.*spa-rewritten/);
  });
});
