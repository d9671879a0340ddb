import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A complete function package: answers viewer requests for `config.from` with the uri `config.to`. */
export const functionPackage: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    name: "tiny-rewrite",
    version: "1.2.3",
    type: "module",
    edgeFunction: { eventType: "viewer-request" },
  }),
  "src/lambda.ts": [
    'import config from "./config.json" with { type: "json" };',
    'import { createTinyRewrite } from "./tiny-rewrite.ts";',
    "",
    "export const handler = createTinyRewrite(config);",
    "",
  ].join("\n"),
  "src/tiny-rewrite.ts": [
    "export function createTinyRewrite(compiled: { from: string; to: string }) {",
    "  return async (event: { uri: string }) => {",
    "    if (event.uri === compiled.from) event.uri = compiled.to;",
    '    if (event.uri === "/throw") throw new Error("thrown on line 4");',
    "    return event;",
    "  };",
    "}",
    "",
  ].join("\n"),
};

/** Writes the files into a new folder, which goes when the test is over, and returns its path. */
export async function writeFunctionPackage(
  files: Readonly<Record<string, string>> = functionPackage,
): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "edge-build-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}
