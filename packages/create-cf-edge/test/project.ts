import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { createSite, type CreatedSite, type CreateSiteOptions } from "../src/index.ts";

/** A project in a folder of its own, which goes when the test is over. */
export class TestProject {
  readonly folder = mkdtempSync(join(tmpdir(), "create-cf-edge-"));

  constructor(packageJson: object | string, files: Readonly<Record<string, string>> = {}) {
    onTestFinished(() => rmSync(this.folder, { recursive: true }));
    const text =
      typeof packageJson === "string"
        ? packageJson
        : `${JSON.stringify(packageJson, undefined, 2)}\n`;
    for (const [path, content] of Object.entries({ "package.json": text, ...files })) {
      this.write(path, content);
    }
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** Content by path. */
  files(): Readonly<Record<string, string>> {
    const paths = readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1));
    return Object.fromEntries(paths.toSorted().map((path) => [path, this.read(path)]));
  }

  /** Runs the command as somebody who is asked nothing. */
  async create(
    given: CreateSiteOptions["given"] = {},
    subfolder = "",
  ): Promise<CreatedSite | undefined> {
    return createSite({
      folder: join(this.folder, subfolder),
      given,
      isInteractive: false,
      versionsOf: (kind) => ({
        "edge-site": "^1.0.0",
        ...(kind === "site" && { constructs: "^10.0.0" }),
      }),
    });
  }
}
