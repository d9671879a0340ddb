import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EventType } from "cf-types";
import { describe, expect, it } from "vitest";
import { packageFiles } from "../src/package-files.ts";

const packages = resolve(import.meta.dirname, "../../../packages");

interface PackageJson {
  readonly name: string;
  readonly edgeFunction?: { readonly eventType: EventType };
}

const functions = globSync("*/package.json", { cwd: packages })
  .map((file): PackageJson => JSON.parse(readFileSync(join(packages, file), "utf8")))
  .flatMap(({ name, edgeFunction }) =>
    edgeFunction === undefined ? [] : [{ name, eventType: edgeFunction.eventType }],
  );

// Where one of these fails: change the package, or tooling/new-function/template, so that the two are alike.
describe.each(functions)("$name is what pnpm new would have made", ({ name, eventType }) => {
  const template = packageFiles({ name, eventType });
  const real = (path: string) => readFileSync(join(packages, name, path), "utf8");
  const templated = (path: string) => template.get(path) ?? "";

  it("has every file of the template", () => {
    const present = new Set(globSync("**/*", { cwd: join(packages, name) }));
    expect([...template.keys()].filter((path) => !present.has(path))).toEqual([]);
  });

  it.each(["tsconfig.json", "tsconfig.build.json", "vitest.config.ts", "src/lambda.ts"])(
    "has the template's %s",
    (path) => {
      expect(real(path)).toBe(templated(path));
    },
  );

  it("has the template's package.json, except for what is its own", () => {
    const own = { version: "", description: "", dependencies: {}, edgeFunction: {} };
    const common = (text: string) => ({ ...JSON.parse(text), ...own });
    expect(common(real("package.json"))).toEqual(common(templated("package.json")));
    expect(Object.keys(JSON.parse(real("package.json")))).toEqual(
      Object.keys(JSON.parse(templated("package.json"))),
    );
  });

  it("exports at least what the template exports", () => {
    const exported = (text: string) => new Set(text.match(/\b\w*[A-Z]\w*\b/g) ?? []);
    const names = exported(real("src/index.ts"));
    const expected = [...exported(templated("src/index.ts"))];
    expect(expected.filter((each) => !names.has(each))).toEqual([]);
  });

  it("has a README with the template's sections, in its order", () => {
    const headings = (text: string): readonly string[] => text.match(/^##? .+$/gm) ?? [];
    const expected = headings(templated("README.md"));
    expect(headings(real("README.md")).filter((each) => expected.includes(each))).toEqual(expected);
  });
});
