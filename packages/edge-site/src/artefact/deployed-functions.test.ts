import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCloudFrontJs } from "cf-rules/cloudfront-js";
import { viewerRequestEvent } from "edge-function-testing";
import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it, onTestFinished } from "vitest";
import { configFile } from "../../test/notes/config-file.ts";
import type { CompiledFunctionConfig } from "../site/prepare-site.ts";
import type { EdgeConfig } from "../config/edge-config.ts";
import { type DeployedFunction, siteFunctions } from "./deployed-functions.ts";
import { type LambdaEdgeAsset, writeLambdaEdgeAsset } from "./edge-function-asset.ts";

const knownPathPatterns = ["*", "/assets/*"];
const rewrite: CompiledFunctionConfig = {
  package: "spa-rewrite",
  config: compileSpaRewrite({ routes: ["/notes/:id(\\d+)"] }),
};
const headers: CompiledFunctionConfig = {
  package: "security-headers",
  config: compileSecurityHeaders(),
};
const redirect: CompiledFunctionConfig = {
  package: "secret-redirect",
  config: compileSecretRedirect({ location: "https://example.com/hidden" }),
};
const redirectFirst: CompiledFunctionConfig = { ...redirect, eventType: "viewer-request" };

function deployed(
  functions: readonly CompiledFunctionConfig[],
  engine?: EdgeConfig["engine"],
): readonly DeployedFunction[] {
  const options = { engine, knownPathPatterns, resolveFrom: configFile };
  return siteFunctions(functions, options).deployed;
}

function shown(each: DeployedFunction) {
  const names = each.members.map(({ packageName }) => packageName).join(" + ");
  return `${names}: ${each.engine} at ${each.eventType} of ${each.pathPatterns.join(" ")}`;
}

function only(functions: readonly CompiledFunctionConfig[], engine?: EdgeConfig["engine"]) {
  const [first, ...more] = deployed(functions, engine);
  expect(more).toEqual([]);
  if (first === undefined) throw new Error("Nothing is deployed.");
  return first.asset;
}

function lambdaOf(...functions: readonly CompiledFunctionConfig[]): LambdaEdgeAsset {
  const asset = only(functions, "lambda-edge");
  if (asset.engine !== "lambda-edge") throw new Error("It is no Lambda function.");
  return asset;
}

function codeOf(...functions: readonly CompiledFunctionConfig[]): string {
  const asset = only(functions, "cloudfront-function");
  if (asset.engine !== "cloudfront-function") throw new Error("It is no CloudFront Function.");
  return asset.code;
}

function written(asset: LambdaEdgeAsset): string {
  const folder = mkdtempSync(join(tmpdir(), "deployed-functions-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeLambdaEdgeAsset(asset, folder);
  return folder;
}

describe("where functions run", () => {
  it("a function of a response event runs for each cache behavior, others for the default one", () => {
    expect(deployed([rewrite, headers, redirect], "lambda-edge").map(shown)).toEqual([
      "spa-rewrite: lambda-edge at viewer-request of *",
      "security-headers: lambda-edge at viewer-response of * /assets/*",
      "secret-redirect: lambda-edge at origin-request of *",
    ]);
  });

  it("is what the configuration says", () => {
    const pathPatterns = ["/assets/*"];
    expect(deployed([{ ...redirectFirst, pathPatterns }], "lambda-edge").map(shown)).toEqual([
      "secret-redirect: lambda-edge at viewer-request of /assets/*",
    ]);
    const atOrigin = {
      ...headers,
      config: compileSecurityHeaders({ eventType: "origin-response" }),
    };
    expect(deployed([atOrigin]).map(shown)).toEqual([
      "security-headers: lambda-edge at origin-response of * /assets/*",
    ]);
  });

  it("one word moves the viewer functions to CloudFront Functions", () => {
    expect(deployed([rewrite, headers, redirect], "cloudfront-function").map(shown)).toEqual([
      "spa-rewrite: cloudfront-function at viewer-request of *",
      "security-headers: cloudfront-function at viewer-response of * /assets/*",
      "secret-redirect: lambda-edge at origin-request of *",
    ]);
  });

  it("without a word, a viewer function is a CloudFront Function", () => {
    expect(deployed([rewrite, headers, redirect]).map(shown)).toEqual(
      deployed([rewrite, headers, redirect], "cloudfront-function").map(shown),
    );
  });

  it("LE-A-30: without a word, one function that has to be on Lambda@Edge takes its neighbours with it", () => {
    const onLambda = { ...rewrite, engine: "lambda-edge" as const };
    expect(deployed([onLambda, headers]).map(shown)).toEqual([
      "spa-rewrite: lambda-edge at viewer-request of *",
      "security-headers: lambda-edge at viewer-response of * /assets/*",
    ]);
  });

  it("a CloudFront Function of a package that else runs at the origin runs at viewer-request", () => {
    expect(deployed([{ ...redirect, engine: "cloudfront-function" }]).map(shown)).toEqual([
      "secret-redirect: cloudfront-function at viewer-request of *",
    ]);
  });

  it("FN-I-15: a function that is too large goes to Lambda@Edge, unless the configuration says otherwise", () => {
    const routes = Array.from(
      { length: 400 },
      (_, index) => `/${createHash("sha256").update(`${index}`).digest("hex").slice(0, 24)}`,
    );
    const large = { ...rewrite, config: compileSpaRewrite({ routes }) };
    expect(deployed([large, headers]).map(shown)).toEqual([
      "spa-rewrite: lambda-edge at viewer-request of *",
      "security-headers: lambda-edge at viewer-response of * /assets/*",
    ]);
    expect(() => deployed([large], "cloudfront-function")).toThrow(
      /^The CloudFront Function at viewer-request is too large: got \d+ bytes, \d+ more than there may be \(FN-I-15; spa-rewrite: \d+ bytes of code, \d+ of options\)\. Shorten the options, or set engine to "lambda-edge"\.$/,
    );
  });
});

describe("more options than the code of a CloudFront Function holds", () => {
  const rulesTo = (target: string, count = 1000) =>
    Array.from({ length: count }, (_, index) => ({
      from: `/old/${index}`,
      to: `${target}${index}`,
    }));
  const redirectsTo = (target: string, count?: number): CompiledFunctionConfig => ({
    ...redirectFirst,
    config: compileSecretRedirect({ rules: rulesTo(target, count) }),
  });
  const scriptOf = (...functions: readonly CompiledFunctionConfig[]) => {
    const asset = only(functions, "cloudfront-function");
    if (asset.engine !== "cloudfront-function") throw new Error("It is no CloudFront Function.");
    return asset;
  };

  it("FN-I-31: go to its key value store, and its handler awaits them", () => {
    const alone = scriptOf(redirectsTo("/new/"));
    const composed = scriptOf(redirectsTo("/new/"), rewrite);
    for (const { code, keyValues } of [alone, composed]) {
      expect(Buffer.byteLength(code)).toBeLessThan(10_240);
      expect(code).toMatch(/^import cf from 'cloudfront';\nvar member/);
      expect(code).toContain("async function handler(event)");
      expect(checkCloudFrontJs(code, { runtime: "cloudfront-js-2.0" })).toMatchObject({
        violation: undefined,
        absences: [],
      });
      expect(keyValues).toHaveLength(1000);
    }
  });

  it("where only they change, the function is the same", () => {
    const { keyValues: before, ...wasOtherwise } = scriptOf(redirectsTo("/new/"), rewrite);
    const { keyValues: after, ...isOtherwise } = scriptOf(redirectsTo("/newer/", 1200), rewrite);
    expect(isOtherwise).toEqual(wasOtherwise);
    expect(after).not.toEqual(before);
  });

  it("FN-I-31: are refused where they are more than a store holds", () => {
    expect(() => scriptOf(redirectsTo(`/${"new".repeat(200)}/`, 8000))).toThrow(
      /^The CloudFront Function at viewer-request's key value store is too large: got \d+ bytes, \d+ more than there may be \(FN-I-31; secret-redirect: \d+ bytes of code, \d+ of options; beside them 8000 keys in its key value store\)\./,
    );
  });
});

describe("what cannot run is refused", () => {
  it.each<readonly [string, readonly CompiledFunctionConfig[], string]>([
    [
      "a path pattern that the distribution does not have",
      [{ ...rewrite, pathPatterns: ["*", "/api/*"] }],
      'functions[0].pathPatterns[1] is no cache behavior of this distribution: got "/api/*". Allowed: "*", "/assets/*".',
    ],
    [
      "an event type that the package is not built for",
      [{ ...headers, eventType: "origin-request" }],
      'functions[0] chooses an event type at which "security-headers" does not run: got "origin-request". Allowed: "viewer-response", "origin-response".',
    ],
    [
      "a CloudFront Function at an origin event",
      [{ ...redirect, engine: "cloudfront-function", eventType: "origin-request" }],
      'functions[0] cannot run "secret-redirect" as its engine says: got "cloudfront-function", but CloudFront Functions run at viewer events only, and it runs at origin-request. Leave engine out, or choose the other one.',
    ],
    [
      "two engines at the viewer events of one cache behavior",
      [
        { ...rewrite, engine: "lambda-edge" },
        { ...headers, engine: "cloudfront-function" },
      ],
      'functions has two engines at the viewer events of one cache behavior, which CloudFront refuses: got "security-headers" as a CloudFront Function (edge.config.ts says so) and "spa-rewrite" on Lambda@Edge (edge.config.ts says so). Give both the same engine, or different pathPatterns.',
    ],
  ])("%s", (_, functions, message) => {
    expect(() => deployed(functions)).toThrow(
      expect.objectContaining({ code: "INVALID_CONFIG", message }),
    );
  });
});

describe("a Lambda function of one package", () => {
  it("is the package's bundle and manifest, and the configuration beside them", () => {
    const folder = written(lambdaOf(rewrite));
    expect(readdirSync(folder).sort()).toEqual(["config.json", "index.cjs", "manifest.json"]);
    const { resolve } = createRequire(configFile);
    const built = (file: string) => readFileSync(resolve(`spa-rewrite/${file}`));
    expect(readFileSync(join(folder, "index.cjs"))).toEqual(built("lambda"));
    expect(readFileSync(join(folder, "manifest.json"))).toEqual(built("manifest"));
    expect(readFileSync(join(folder, "config.json"), "utf8")).toBe(JSON.stringify(rewrite.config));
  });

  it("has the same hash for the same configuration, and another one for another", () => {
    const hashWith = (route: string) =>
      lambdaOf({ ...rewrite, config: compileSpaRewrite({ routes: [route] }) }).sha256;
    expect(hashWith("/a")).toBe(hashWith("/a"));
    expect(hashWith("/a")).not.toBe(hashWith("/b"));
  });
});

describe("LE-A-29: a Lambda function of several packages", () => {
  const asset = lambdaOf(redirectFirst, rewrite);
  const run = async (uri: string, composed = asset) => {
    const { handler } = createRequire(import.meta.url)(join(written(composed), "index.cjs"));
    return handler(viewerRequestEvent({ uri }));
  };

  it("asks each in the order of the configuration, until one generates a response", async () => {
    expect(await run("/secret")).toMatchObject({ status: "302" });
    expect(await run("/notes/1")).toMatchObject({ uri: "/index.html" });
    expect(await run("/about")).toMatchObject({ uri: "/about" });
  });

  it("shows a later one what an earlier one changed", async () => {
    const moved = {
      ...redirectFirst,
      config: compileSecretRedirect({ rules: [{ from: "/index.html", to: "/" }] }),
    };
    expect(await run("/notes/1", lambdaOf(rewrite, moved))).toMatchObject({ status: "302" });
    expect(await run("/notes/1", lambdaOf(moved, rewrite))).toMatchObject({ uri: "/index.html" });
  });

  it("has each package's function as it is, and says of which it consists", () => {
    const folder = written(asset);
    const alone = written(lambdaOf(rewrite));
    for (const file of readdirSync(alone)) {
      expect(readFileSync(join(folder, "members/1", file))).toEqual(
        readFileSync(join(alone, file)),
      );
    }
    expect(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"))).toMatchObject({
      packageName: "secret-redirect + spa-rewrite",
      eventType: "viewer-request",
      members: [{ packageName: "secret-redirect" }, { packageName: "spa-rewrite" }],
      timeoutSeconds: 5,
    });
  });

  it("names the package in what it throws", async () => {
    const broken = { ...redirectFirst, config: { ...redirectFirst.config, responses: [] } };
    await expect(run("/secret", lambdaOf(rewrite, broken))).rejects.toThrow(
      /^secret-redirect \d+\.\d+\.\d+: /,
    );
  });

  it("is another one in another order, or with other options of one", () => {
    expect(lambdaOf(rewrite, redirectFirst).sha256).not.toBe(asset.sha256);
    const other = { ...rewrite, config: compileSpaRewrite({ routes: ["/other"] }) };
    expect(lambdaOf(redirectFirst, other).sha256).not.toBe(asset.sha256);
    expect(lambdaOf(redirectFirst, rewrite).sha256).toBe(asset.sha256);
  });
});

describe("a CloudFront Function", () => {
  const load = (code: string) => new Function(`${code};return handler`)();
  const event = (uri: string) => ({
    request: {
      method: "GET",
      uri,
      querystring: {},
      headers: { accept: { value: "text/html" } },
      cookies: {},
    },
  });

  it.each([
    ["one package", [rewrite]],
    ["several", [redirectFirst, rewrite]],
  ])("FN-I-44: of %s is code that the runtime parses and has all built-ins for", (_, functions) => {
    expect(checkCloudFrontJs(codeOf(...functions), { runtime: "cloudfront-js-2.0" })).toEqual({
      violation: undefined,
      absences: [],
    });
  });

  it("has the options of each package in its code", () => {
    const handler = load(codeOf(rewrite));
    expect(handler(event("/notes/1"))).toMatchObject({ uri: "/index.html" });
    expect(handler(event("/about"))).toMatchObject({ uri: "/about" });
  });

  it("asks each in the order of the configuration, until one generates a response", () => {
    const handler = load(codeOf(redirectFirst, rewrite));
    expect(handler(event("/secret"))).toMatchObject({ statusCode: 302 });
    expect(handler(event("/notes/1"))).toMatchObject({ uri: "/index.html" });
  });

  it("names the package in what it throws", () => {
    const broken = codeOf(rewrite, redirectFirst).replace("responses:[", "responses:[],unused:[");
    expect(() => load(broken)(event("/secret"))).toThrow(/^secret-redirect \d+\.\d+\.\d+: /);
  });
});
