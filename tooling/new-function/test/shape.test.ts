import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EventType } from "cf-types";
import { describe, expect, it } from "vitest";
import type { NewFunction } from "../src/function-names.ts";
import { packageFiles } from "../src/package-files.ts";

const packages = resolve(import.meta.dirname, "../../../packages");

interface PackageJson {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  readonly edgeFunction?: { readonly eventType: EventType };
}

const engineEntries = { "lambda-edge": "./lambda", "cloudfront-function": "./cloudfront-function" };

const functions = globSync("*/package.json", { cwd: packages })
  .map((file): PackageJson => JSON.parse(readFileSync(join(packages, file), "utf8")))
  .flatMap(({ name, exports, edgeFunction }): readonly NewFunction[] => {
    if (edgeFunction === undefined) return [];
    const engines = (["lambda-edge", "cloudfront-function"] as const).filter(
      (engine) => engineEntries[engine] in exports,
    );
    const [engine = "lambda-edge"] = engines;
    const { eventType } = edgeFunction;
    return [{ name, eventType, engine: engines.length > 1 ? "both" : engine }];
  });

// Where one of these fails: change the package, or tooling/new-function/template, so that the two are alike.
describe.each(functions)("$name is what pnpm new would have made", (added) => {
  const { name } = added;
  const template = packageFiles(added);
  const real = (path: string) => readFileSync(join(packages, name, path), "utf8");
  const templated = (path: string) => template.get(path) ?? "";

  it("has the files that every function package has", () => {
    // What a function does on a local CloudFront may stand in the tests of its artefacts.
    const own = "test/local-cloudfront.test.ts";
    const shared = [...template.keys()].filter(
      (path) => (!path.startsWith("src/") && path !== own) || sharedSources(name).includes(path),
    );
    const present = new Set(globSync("**/*", { cwd: join(packages, name) }));
    expect(shared.filter((path) => !present.has(path))).toEqual([]);
  });

  const verbatim = [
    "tsconfig.json",
    "tsconfig.cloudfront-function.json",
    "vitest.config.ts",
    "src/lambda.ts",
    "src/cloudfront-function.ts",
    "src/inline-config.d.json.ts",
  ];

  it.each(verbatim.filter((path) => template.has(path)))("has the template's %s", (path) => {
    expect(real(path)).toBe(templated(path));
  });

  it("has the template's scripts, entries and published files, and may have more", () => {
    const { scripts, exports, files } = JSON.parse(templated("package.json")) as PackageJson;
    const own = JSON.parse(real("package.json")) as PackageJson;
    expect(own.scripts).toEqual(scripts);
    expect(own.exports).toMatchObject(exports);
    expect(own.files).toEqual(expect.arrayContaining([...files]));
  });

  it("exports at least what the template exports", () => {
    const exported = (text: string) => new Set(text.match(/\b\w*[A-Z]\w*\b/g) ?? []);
    const names = exported(real("src/index.ts"));
    const expected = [...exported(templated("src/index.ts"))];
    expect(expected.filter((each) => !names.has(each))).toEqual([]);
  });

  it("has a README with the template's sections", () => {
    const headings = (text: string): readonly string[] => text.match(/^## .+$/gm) ?? [];
    expect(headings(real("README.md"))).toEqual(
      expect.arrayContaining([...headings(templated("README.md"))]),
    );
  });
});

/** How a function divides its options is its own matter; these files each of them has. */
function sharedSources(name: string): readonly string[] {
  return [
    "index",
    "lambda",
    "config.d.json",
    "cloudfront-function",
    "inline-config",
    "inline-config.d.json",
    "edge/decide",
    `edge/${name}`,
    `edge/cloudfront-${name}`,
  ].map((file) => `src/${file}.ts`);
}
