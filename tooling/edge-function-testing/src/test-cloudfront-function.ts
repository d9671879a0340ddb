import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cloudFrontFunctionQuotas } from "cf-rules";
import { checkCloudFrontJs } from "cf-rules/cloudfront-js";
import type { ViewerEventType } from "cf-types";
import { expect, it } from "vitest";
import type { LoadedCloudFrontFunction } from "./load-cloudfront-function.ts";

/** What a function package says of its artefact for CloudFront Functions. */
export interface CloudFrontFunctionExpectations {
  readonly eventType: ViewerEventType;
  /** What the code of its options has in it, and the bundle must not. */
  readonly optionsCode: RegExp;
}

/** Adds the tests that hold of every package's artefact for CloudFront Functions, inside of a `describe`. */
export function testCloudFrontFunction(
  { packageFolder, manifest, script, code }: LoadedCloudFrontFunction,
  { eventType, optionsCode }: CloudFrontFunctionExpectations,
): void {
  const text = (file: string): string => readFileSync(join(packageFolder, file), "utf8");
  const { name, version, edgeFunction } = JSON.parse(text("package.json"));
  const { budgetBytes = 4096 } = edgeFunction.cloudFrontFunction ?? {};
  const bytes = Buffer.byteLength(script);
  const files = [manifest.bundle, ...Object.values(manifest.variants ?? {})];

  it(`is a CloudFront Function for ${eventType}, within its byte budget`, () => {
    expect(manifest).toMatchObject({ packageName: name, version, eventType });
    expect(files.map((each) => each.bytes)).toContain(bytes);
    expect(bytes).toBeLessThanOrEqual(budgetBytes);
  });

  it("has the size that the README names", () => {
    const readme = text("README.md");
    expect(readme).toContain(`one minified script of ${bytes} bytes`);
    expect(readme).toContain(`byte budget is ${budgetBytes} of the 10,240`);
  });

  it("FN-I-15, FN-I-44: is code that its runtime takes, with none of the options' code inside", () => {
    const { violation, absences } = checkCloudFrontJs(code, { runtime: manifest.runtime });
    expect({ violation, absences }).toEqual({ violation: undefined, absences: [] });
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(cloudFrontFunctionQuotas.maxCodeBytes);
    expect(script).not.toMatch(optionsCode);
  });
}
