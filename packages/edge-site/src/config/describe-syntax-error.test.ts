import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeSyntaxError } from "./describe-syntax-error.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "describe-syntax-error-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "src"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("describeSyntaxError", () => {
  it("finds a mistake in a file that is imported", async () => {
    const folder = folderWith({
      "edge.config.ts":
        'import { routes } from "./src/routes.ts";\nexport const edgeConfig = routes;\n',
      "src/routes.ts": "export const routes = [;\n",
    });
    const text = await describeSyntaxError(join(folder, "edge.config.ts"));
    expect(text).toContain("routes.ts:1:23:");
  });

  it("is undefined where the syntax is right", async () => {
    const folder = folderWith({ "edge.config.ts": 'import "some-package";\nexport {};\n' });
    expect(await describeSyntaxError(join(folder, "edge.config.ts"))).toBeUndefined();
  });
});
