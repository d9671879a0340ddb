import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildEdgeFunction } from "./build-edge-function.ts";
import { describeBuildError } from "./describe-build-error.ts";
import { EdgeBuildError } from "./edge-build-error.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "describe-build-error-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "src"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const packageJson = JSON.stringify({
  name: "demo",
  version: "1.0.0",
  edgeFunction: { eventType: "viewer-request", budgetBytes: 10_000 },
});

describe("describeBuildError", () => {
  it("shows the file, the line and the code around a mistake", async () => {
    const lambda = "export const handler = async () => {\n  retur n;\n};\n";
    const folder = folderWith({ "package.json": packageJson, "src/lambda.ts": lambda });
    const error: unknown = await buildEdgeFunction(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EdgeBuildError);
    const text = await describeBuildError(error as EdgeBuildError, folder);
    expect(text).toContain(`${relative(process.cwd(), join(folder, "src/lambda.ts"))}:2:8:`);
    expect(text).toContain("retur n;");
  });

  it("is the message where there is no such place", async () => {
    const error = new EdgeBuildError("INVALID_PACKAGE", "package.json is not JSON.");
    expect(await describeBuildError(error, ".")).toBe("package.json is not JSON.");
  });
});
