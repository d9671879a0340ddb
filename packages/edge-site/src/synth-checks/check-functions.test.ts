import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { EvaluatedAssembly, readCloudAssembly } from "cloud-assembly";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlacedFunction } from "../artefact/placed-functions.ts";
import { checkFunctions } from "./check-functions.ts";
import { declaredAt } from "./declared-at.ts";
import { synthesizedDistribution } from "./synthesized-distribution.ts";

let folder: string;
let configFile: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "check-functions-"));
  configFile = join(folder, "edge.config.ts");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A package whose check is the body of a function of `compiled` and `site`. */
function install(name: string, check?: string): void {
  write(join("node_modules", name, "package.json"), {
    type: "module",
    exports: {
      "./package.json": "./package.json",
      ...(check !== undefined && { "./synth-check": "./synth-check.js" }),
    },
  });
  if (check !== undefined) write(join("node_modules", name, "synth-check.js"), check);
}

function write(file: string, content: string | object): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
}

const checkWith = (body: string) =>
  `export function checkSynthesizedSite(compiled, site, limits) { ${body} }`;

function placed(
  packageName: string,
  config: object = {},
  limits: PlacedFunction["limits"] = undefined,
): PlacedFunction {
  return {
    packageName,
    version: "1.0.0",
    engine: "lambda-edge",
    engineReason: "",
    eventType: "origin-request",
    config,
    functionPackage: { lambdaEdge: undefined, cloudFrontFunction: undefined },
    resolveFrom: import.meta.filename,
    pathPatterns: ["*"],
    limits,
    responseHeadersPolicy: undefined,
  };
}

function check(...functions: readonly PlacedFunction[]): readonly string[] {
  const app = new App();
  const stack = new Stack(app, "Site");
  const origin = new HttpOrigin("origin.example.com");
  new Distribution(stack, "Distribution", {
    defaultBehavior: { origin },
    additionalBehaviors: { "/assets/*": { origin } },
  });
  const remarks = checkFunctions({
    functions,
    distribution: synthesizedDistribution(
      new EvaluatedAssembly(readCloudAssembly(app.synth().directory).stacks),
    ),
    siteFolder: "/site",
    siteFiles: ["a.html"],
    contentTypes: {},
    configFile,
    placeOf: (index) => declaredAt(configFile, functions, index),
  });
  return remarks.map(({ severity, message }) => `${severity}: ${message}`);
}

describe("the checks of the function packages at synth", () => {
  it("are asked with the compiled options, the event type, the cache behaviors, the files and the limits", () => {
    write("edge.config.ts", "");
    install(
      "telling",
      checkWith(
        `return [{
          severity: "warning",
          message: JSON.stringify([
            compiled, site.eventType, site.cacheBehaviors.map((each) => each.pathPattern), site.siteFiles,
            site.siteFolder, limits
          ]),
        }];`,
      ),
    );
    expect(check(placed("telling", { rules: [1] }, { most: 2 }))).toEqual([
      'warning: edge.config.ts functions[0] "telling": [{"rules":[1]},"origin-request",["*"],["a.html"],"/site",{"most":2}]',
    ]);
  });

  it("may be absent", () => {
    install("unchecked");
    expect(check(placed("unchecked"))).toEqual([]);
  });

  it("stop the synth with all errors, each with the line at which its function stands", () => {
    write(
      "edge.config.ts",
      `defineEdgeConfig({ functions: [\n{ package: "strict" },\n{ package: 'other' },\n{ package: "strict" },\n]})`,
    );
    install("strict", checkWith(`return [{ severity: "error", message: compiled.wrong + "." }];`));
    install("other", checkWith(`return [{ severity: "warning", message: "Hardly meant." }];`));
    expect(() =>
      check(
        placed("strict", { wrong: "One" }),
        placed("other"),
        placed("strict", { wrong: "Another" }),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EdgeSiteError: edge.config.ts:2 functions[0] "strict": One.
      edge.config.ts:4 functions[2] "strict": Another.]
    `);
  });

  it("are told once where they say the same of several cache behaviors", () => {
    write("edge.config.ts", "");
    const finding = `{ severity: "warning", message: "Too many headers." }`;
    install("repeating", checkWith(`return [${finding}, ${finding}];`));
    expect(check(placed("repeating"))).toEqual([
      'warning: edge.config.ts functions[0] "repeating": Too many headers.',
    ]);
  });

  it("are refused when the entry exports something else", () => {
    install("misnamed", "export const check = () => [];");
    expect(() => check(placed("misnamed"))).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: "misnamed/synth-check" exports no function checkSynthesizedSite: got "undefined". Export it, or take "./synth-check" out of the package's exports.]`,
    );
  });
});
