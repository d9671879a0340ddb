import { describe, expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { documentCommands } from "./document-commands.ts";
import { documentLinks } from "./document-links.ts";

describe("documentLinks", () => {
  it("allows files, folders, headings and the web, and does not look into code", () => {
    const workspace = workspaceOf({
      "README.md":
        "# Hello, you\n[a](docs/a.md) [b](docs) [c](#hello-you) [d](docs/a.md#the-a-b) [e](https://example.com)\n```\n[f](nowhere)\n```\n",
      "docs/a.md": "## The `a` & b\n",
    });
    expect(documentLinks(workspace)).toEqual([
      'README.md has a link that leads nowhere: got "docs/a.md#the-a-b". Name a file relative to the document, and a heading as GitHub spells it.',
    ]);
  });

  it("refuses a file and a heading that are not there", () => {
    const workspace = workspaceOf({ "docs/a.md": "# A\n[b](b.md) [c](#b) [d](../README.md)\n" });
    expect(documentLinks(workspace)).toHaveLength(3);
  });
});

describe("documentCommands", () => {
  const files = {
    "package.json": { scripts: { test: "" } },
    "apps/infra/package.json": { name: "infra", scripts: { deploy: "" } },
  };

  it("allows scripts of the root and of a package, and what pnpm can do itself", () => {
    const text =
      "```sh\npnpm test\nnpx pnpm@12.21.0 turbo test\npnpm --filter infra deploy\npnpm --filter infra run deploy\npnpm install\n```\n";
    expect(documentCommands(workspaceOf({ ...files, "README.md": text }))).toEqual([]);
  });

  it("refuses what nobody can run", () => {
    const text = "```sh\npnpm tset\npnpm --filter infra test\n```\n";
    expect(documentCommands(workspaceOf({ ...files, "README.md": text }))).toMatchInlineSnapshot(`
      [
        "README.md names a command that does not exist: got "pnpm tset". Allowed: test, install, add, exec, pack, changeset, turbo, local-cloudfront.",
        "README.md names a command that does not exist: got "pnpm --filter infra test". Allowed: deploy, install, add, exec, pack, changeset, turbo, local-cloudfront.",
      ]
    `);
  });
});
