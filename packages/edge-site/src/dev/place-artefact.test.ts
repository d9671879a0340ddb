import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { placeArtefact } from "./place-artefact.ts";

const manifest = (packageName: string) =>
  JSON.stringify({ packageName, bundle: { file: "index.cjs" } });

/** A folder with a package's artefact, and with an assembly. */
function folderWith(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "place-artefact-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const artefact = {
    "built/index.cjs": "new",
    "built/manifest.json": manifest("demo"),
  };
  for (const [name, text] of Object.entries({ ...artefact, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return {
    place: () => placeArtefact(join(folder, "cdk.out"), join(folder, "built")),
    read: (name: string) => readFileSync(join(folder, "cdk.out", name), "utf8"),
  };
}

describe("placeArtefact", () => {
  it("replaces the bundle of an asset, and says that something has changed", () => {
    const { place, read } = folderWith({
      "cdk.out/asset.1/manifest.json": manifest("demo"),
      "cdk.out/asset.1/index.cjs": "old",
      "cdk.out/asset.1/config.json": "{}",
    });
    expect(place()).toBe(true);
    expect(read("asset.1/index.cjs")).toBe("new");
    expect(read("asset.1/config.json")).toBe("{}");
    expect(place()).toBe(false);
  });

  it("replaces the bundle of a member of a composed function", () => {
    const { place, read } = folderWith({
      "cdk.out/asset.1/manifest.json": manifest("other + demo"),
      "cdk.out/asset.1/members/0/manifest.json": manifest("other"),
      "cdk.out/asset.1/members/0/index.cjs": "other",
      "cdk.out/asset.1/members/1/manifest.json": manifest("demo"),
      "cdk.out/asset.1/members/1/index.cjs": "old",
    });
    expect(place()).toBe(true);
    expect(read("asset.1/members/1/index.cjs")).toBe("new");
    expect(read("asset.1/members/0/index.cjs")).toBe("other");
  });

  it("leaves the assets of other packages alone", () => {
    const { place, read } = folderWith({
      "cdk.out/asset.1/manifest.json": manifest("other"),
      "cdk.out/asset.1/index.cjs": "other",
    });
    expect(place()).toBe(false);
    expect(read("asset.1/index.cjs")).toBe("other");
  });
});
