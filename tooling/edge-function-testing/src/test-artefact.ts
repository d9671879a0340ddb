import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EventType } from "cf-types";
import { expect, it } from "vitest";
import type { LoadedArtefact } from "./load-artefact.ts";

/** What a function package says of its artefact for Lambda@Edge. */
export interface ArtefactExpectations {
  readonly eventType: EventType;
  /** All that the bundle requires, in order: what reads its configuration. */
  readonly requires: readonly string[];
  /** What the code of its options has in it, and the bundle must not. */
  readonly optionsCode: RegExp;
}

/** Adds the tests that hold of every package's artefact for Lambda@Edge, inside of a `describe`. */
export function testArtefact(
  { packageFolder, manifest, code }: LoadedArtefact<unknown>,
  { eventType, requires, optionsCode }: ArtefactExpectations,
): void {
  const text = (file: string): string => readFileSync(join(packageFolder, file), "utf8");
  const { name, version, edgeFunction } = JSON.parse(text("package.json"));
  const { bytes } = manifest.bundle;

  it(`is a function for ${eventType}, within its byte budget`, () => {
    expect(manifest).toMatchObject({
      packageName: name,
      version,
      eventType,
      handler: "index.handler",
    });
    expect(bytes).toBe(Buffer.byteLength(code));
    expect(bytes).toBeLessThanOrEqual(edgeFunction.budgetBytes);
  });

  it("has the size that the README names", () => {
    const readme = text("README.md");
    expect(readme).toContain(`one minified CommonJS file of ${bytes} bytes`);
    expect(readme).toContain(`byte budget is ${edgeFunction.budgetBytes}.`);
  });

  it(`requires ${requires.join(" and ")} alone, and has none of the options' code inside`, () => {
    const loads = code.matchAll(/\b(?:require|import|getBuiltinModule)\(([^)]*)/g);
    expect([...loads].map(([, module]) => module)).toEqual(requires.map((each) => `"${each}"`));
    expect(code).not.toMatch(optionsCode);
  });
}
