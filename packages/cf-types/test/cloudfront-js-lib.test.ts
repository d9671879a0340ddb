import { execFile } from "node:child_process";
import { mkdtemp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const packageFolder = resolve(import.meta.dirname, "..");

const valid: Readonly<Record<string, string>> = {
  "a redirect": `
    import type { CloudFrontFunctionViewerRequestEvent } from "cf-types";
    function handler(event: CloudFrontFunctionViewerRequestEvent) {
      const request = event.request;
      if (!request.uri.endsWith("/")) return request;
      return { statusCode: 301, headers: { location: { value: request.uri.slice(0, -1) } } };
    }`,
  "key value stores, origins and the raw query string": `
    import cf from "cloudfront";
    import type { CloudFrontFunctionViewerRequestHandler } from "cf-types";
    const kvs = cf.kvs();
    const handler: CloudFrontFunctionViewerRequestHandler = async (event) => {
      try {
        const found = await kvs.get(event.request.uri, { format: "json" });
        const text: string = await kvs.get("a");
        event.request.uri = found.to + text;
      } catch (error) {
        console.log(String(error));
      }
      cf.updateRequestOrigin({ domainName: "b.example.com", timeouts: { readTimeout: 5 } });
      cf.selectRequestOriginById("b");
      cf.createRequestOriginGroup({ originIds: ["a", "b"], failoverCriteria: { statusCodes: [503] } });
      const raw: string | undefined = event.request.rawQueryString();
      cf.logCustomData(cf.edgeLocation.region);
      return raw === undefined ? event.request : { statusCode: 400, body: cf.edgeLocation.name };
    };`,
  "the built-ins of the runtime": `
    const crypto = require("crypto");
    const querystring = require("querystring");
    function handler(event: any) {
      const hash: string = crypto.createHmac("sha256", "key").update("a").digest("base64url");
      const parsed = querystring.parse("a=1");
      const text = "a-b".replaceAll("-", "").padStart(4, "0").trimEnd();
      const bytes = Buffer.from(atob("YQ=="), "utf8").toString("hex");
      const all = [1, 2].map((n) => n * 2).includes(4) && Number.isInteger(2 ** 3);
      const promises = Promise.all([Promise.resolve(1), Promise.resolve("a")]);
      const view = new DataView(new ArrayBuffer(8)).getInt16(0);
      const keys = Object.keys(parsed).concat(Object.entries({ a: 1 }).map((e) => e[0]));
      const from = Array.from([1]).concat(Array.of(2));
      console.log(JSON.stringify([hash, text, bytes, all, view, keys, from, new Date().toISOString()]));
      return event.request;
    }`,
  "a changed response": `
    import type { CloudFrontFunctionViewerResponseHandler } from "cf-types";
    const handler: CloudFrontFunctionViewerResponseHandler = (event) => {
      event.response.headers["x-a"] = { value: "b" };
      event.response.cookies["c"] = { value: "1", attributes: "Secure; Path=/" };
      return event.response;
    };`,
};

const invalid: Readonly<Record<string, readonly [code: string, error: string]>> = {
  Map: [`const m = new Map();`, "Cannot find name 'Map'"],
  Set: [`const m = new Set();`, "Cannot find name 'Set'"],
  URL: [`const u = new URL("/");`, "Cannot find name 'URL'"],
  Intl: [`const i = Intl;`, "Cannot find name 'Intl'"],
  fetch: [`fetch("/");`, "Cannot find name 'fetch'"],
  setTimeout: [`setTimeout(() => {}, 1);`, "Cannot find name 'setTimeout'"],
  process: [`const e = process.env;`, "Cannot find name 'process'"],
  eval: [`eval("1");`, "Cannot find name 'eval'"],
  flat: [`const a = [[1]].flat();`, "Property 'flat' does not exist"],
  toSorted: [`const a = [1].toSorted();`, "Property 'toSorted' does not exist"],
  at: [`const a = [1].at(-1);`, "Property 'at' does not exist"],
  matchAll: [`const a = "a".matchAll(/a/g);`, "Property 'matchAll' does not exist"],
  fromEntries: [`const a = Object.fromEntries([]);`, "Property 'fromEntries' does not exist"],
  hasOwn: [`const a = Object.hasOwn({}, "a");`, "Property 'hasOwn' does not exist"],
  "for…of": [`for (const a of [1]) console.log(a);`, "Symbol.iterator"],

  "array destructuring": [`const [a] = [1]; console.log(a);`, "Symbol.iterator"],
  "console.error": [`console.error("a");`, "Property 'error' does not exist"],
  "console.log with two arguments": [`console.log("a", "b");`, "Expected 0-1 arguments"],
  "a module that is not there": [`require("fs");`, "No overload matches this call"],
  sha512: [`require("crypto").createHash("sha512");`, "is not assignable to parameter"],
  "a plain string as a header": [
    `import type { CloudFrontFunctionViewerResponseEvent } from "cf-types";
     export function handler(event: CloudFrontFunctionViewerResponseEvent) {
       event.response.headers["x-a"] = "b"; return event.response; }`,
    "Type 'string' is not assignable to type 'CloudFrontFunctionValues'",
  ],
  "a value of an absent header": [
    `import type { CloudFrontFunctionViewerRequestEvent } from "cf-types";
     export function handler(event: CloudFrontFunctionViewerRequestEvent) {
       return event.request.headers["x-a"].value; }`,
    "is possibly 'undefined'",
  ],
  "a status as text": [
    `import type { CloudFrontFunctionResponse } from "cf-types";
     export const a: CloudFrontFunctionResponse = { statusCode: "302" };`,
    "Type 'string' is not assignable to type 'number'",
  ],
};

describe("cf-types/cloudfront-js-2.0", { timeout: 60_000 }, () => {
  let errors: ReadonlyMap<string, string>;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cloudfront-js-lib-"));
    const programs = {
      ...valid,
      ...Object.fromEntries(Object.entries(invalid).map(([n, [c]]) => [n, c])),
    };
    errors = await compile(folder, Object.entries(programs));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.keys(valid))("compiles %s", (name) => {
    expect(errors.get(name)).toBeUndefined();
  });

  it.each(Object.entries(invalid))("does not compile %s", (name, [, error]) => {
    expect(errors.get(name)).toContain(error);
  });
});

/** Compiles each program as a module of its own, and returns the errors by name. */
async function compile(
  folder: string,
  programs: readonly (readonly [name: string, code: string])[],
): Promise<ReadonlyMap<string, string>> {
  await mkdir(join(folder, "node_modules"));
  await symlink(packageFolder, join(folder, "node_modules/cf-types"));
  const compilerOptions = {
    noLib: true,
    types: ["cf-types/cloudfront-js-2.0"],
    target: "es2017",
    module: "esnext",
    moduleResolution: "bundler",
    moduleDetection: "force",
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
  };
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["*.ts"] }),
  );
  await Promise.all(
    programs.map(([, code], index) => writeFile(join(folder, `p${index}.ts`), code)),
  );
  const tsc = join(packageFolder, "node_modules/.bin/tsc");
  const output = await promisify(execFile)(tsc, ["-p", folder, "--pretty", "false"]).then(
    ({ stdout }) => stdout,
    (failed: { readonly stdout: string }) => failed.stdout,
  );
  const errors = new Map<string, string>();
  for (const line of output.split("\n").filter((each) => each.trim() !== "")) {
    const index = /(?:^|\/)p(\d+)\.ts\(/.exec(line)?.[1];
    const name = index === undefined ? "the lib" : (programs[Number(index)]?.[0] ?? "");
    errors.set(name, `${errors.get(name) ?? ""}${line}\n`);
  }
  return errors;
}
