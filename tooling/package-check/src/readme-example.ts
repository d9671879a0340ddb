import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const codeBlock = /^```ts\n([\s\S]*?)^```$/gm;

/** Returns the TypeScript code blocks of a package's README, in their order. */
export function readmeExamples(folder: string): readonly string[] {
  return examplesOf(join(folder, "README.md"));
}

/** Returns the TypeScript code blocks of a document, in their order. */
export function examplesOf(file: string): readonly string[] {
  return [...readFileSync(file, "utf8").matchAll(codeBlock)].map(([, code = ""]) => code);
}

/**
 * Runs the example in the README of a function package that has been built, and returns the options
 * that it compiles.
 *
 * @throws {Error} when no code block of the README has a `const compiled`, or the block fails.
 */
export async function compiledInReadme(folder: string): Promise<object> {
  const example = readmeExamples(folder).find((code) => /^const compiled = /m.test(code));
  if (example === undefined) {
    throw new Error(
      `README.md in ${folder} has no example: no code block of it begins a line with "const compiled = ". Show how options are compiled and a handler is made of them.`,
    );
  }
  // In the package's own folder, so that it may import the package by its name.
  const scratch = mkdtempSync(join(folder, ".readme-example-"));
  try {
    const file = join(scratch, "example.ts");
    writeFileSync(file, `${example}\nexport { compiled };\n`);
    const { compiled }: { compiled: object } = await import(pathToFileURL(file).href);
    return compiled;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
