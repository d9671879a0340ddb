import { globSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { examplesOf, readmeExamples } from "package-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import {
  type ConsumerProject,
  copyInto,
  createConsumerProject,
  tsc,
} from "../src/consumer-project.ts";
import { publishedPackages } from "../src/pack-all.ts";

const root = resolve(import.meta.dirname, "../../..");
const packages = join(root, "packages");
const guides = globSync(["README.md", "apps/docs/guides/*.md"], { cwd: root }).toSorted();
const packageDocuments = globSync("packages/*/docs/*.md", { cwd: root }).toSorted();
const strictOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  target: "es2022",
  lib: ["es2022"],
  module: "nodenext",
  types: [] as readonly string[],
};

let project: ConsumerProject;

beforeAll(() => {
  project = createConsumerProject({ type: "module" }, inject("tarballs"));
  copyInto(project, join(import.meta.dirname, "fixtures/typescript-project"));
  project.write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: { ...strictOptions, outDir: "dist", rootDir: "src" },
      include: ["src"],
    }),
  );
});

afterAll(() => project.remove());

describe("a blank TypeScript project", () => {
  it("compiles handlers of its own around createXxx, library declarations included", () => {
    expect(project.run(tsc)).toBe("");
  });

  it("runs them", () => {
    expect(JSON.parse(project.run("node", "dist/run-handlers.js"))).toEqual({
      rewritten: "/index.html",
      untouched: "/notes/abc",
      maintenance: "503",
      location: "https://example.com/hidden",
      server: "Erlang on Eels",
      own: "hello",
      checked: "request",
    });
  });

  it("has every package of the workspace installed", () => {
    expect(publishedPackages.toSorted()).toEqual(readdirSync(packages).toSorted());
  });

  it("compiles the examples in all documents", () => {
    for (const lent of ["@types/node", "aws-cdk-lib", "constructs", "vitest"]) project.lend(lent);
    for (const name of publishedPackages) {
      const examples = readmeExamples(join(packages, name));
      expect({ name, examples: examples.length }).not.toEqual({ name, examples: 0 });
      writeExamples(name, examples);
    }
    for (const document of [...guides, ...packageDocuments]) {
      writeExamples(document.replaceAll("/", "-"), examplesOf(join(root, document)));
    }
    // aws-cdk-lib declares its own classes with properties that may be undefined and its interfaces without.
    for (const [folder, exactOptionalPropertyTypes] of [
      ["readme", true],
      ["readme-cdk", false],
    ] as const) {
      const compilerOptions = {
        ...strictOptions,
        exactOptionalPropertyTypes,
        // The declarations of the AWS CDK are not ours to check.
        skipLibCheck: true,
        types: ["node"],
        noEmit: true,
        lib: ["esnext"],
      };
      project.write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ["."] }));
      expect(project.run(tsc, "-p", folder)).toBe("");
    }
  });

  it.each(guides)("runs the examples in %s that are no tests", (guide) => {
    examplesOf(join(root, guide))
      .filter((code) => !code.includes('from "vitest"'))
      .forEach((code, index) => {
        project.write(`guide-${index}.ts`, code);
        expect(project.run("node", `guide-${index}.ts`)).toBe("");
      });
  });

  // That of local-cloudfront needs an assembly: the CDK app runs it.
  it.each(publishedPackages.filter((name) => name !== "local-cloudfront"))(
    "runs the examples in the README of %s",
    (name) => {
      copyInto(project, join(import.meta.dirname, "fixtures/read-by-examples"));
      // Git ignores a folder of this name: the built site cannot lie among the fixtures.
      project.write("dist/index.html", "<!doctype html><title>A site</title>");
      readmeExamples(join(packages, name)).forEach((code, index) => {
        project.write(`${name}-${index}.ts`, code);
        expect(project.run("node", `${name}-${index}.ts`)).toBe("");
      });
    },
  );
});

function writeExamples(name: string, examples: readonly string[]): void {
  examples.forEach((code, index) => {
    const folder = code.includes('"aws-cdk-lib') ? "readme-cdk" : "readme";
    project.write(`${folder}/${name}-${index}.ts`, `${code}\nexport {};\n`);
  });
}
