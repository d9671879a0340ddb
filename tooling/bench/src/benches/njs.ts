import { mkdtempDisposableSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudFrontFunctionCode } from "edge-handler/cloudfront-function-code";
import { compileSecretRedirect } from "secret-redirect";
import { inlineConfig as inlineSecretRedirect } from "secret-redirect/inline-config";
import { compileSecurityHeaders } from "security-headers";
import { inlineConfig as inlineSecurityHeaders } from "security-headers/inline-config";
import { compileSpaRewrite } from "spa-rewrite";
import { inlineConfig as inlineSpaRewrite } from "spa-rewrite/inline-config";
import { sideBySide } from "../frame/compare.ts";
import type { Bench } from "../frame/write-results.ts";
import { njsRequestEventJson, njsResponseEventJson } from "../njs/njs-events.ts";
import { hasNjs, njsMicroseconds, type TimedScript } from "../njs/njs-time.ts";

const rounds = 15;
const { resolve } = createRequire(import.meta.url);
const pages = [
  "/notes/42",
  "/notes/4242/edit",
  "/",
  "/assets/index-4fd21b.js",
  "/api/notes/1.json",
];
const requests = pages.map(njsRequestEventJson);
const responses = [njsResponseEventJson()];
const routes = ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"];

/** The three functions as CloudFront Functions, beside the same written by hand, in njs. */
export const njs: Bench = {
  name: "njs",
  title: "The functions in njs",
  method:
    "Microseconds that njs 0.7 needs for an invocation: the event made of JSON, the code run anew as for each request, the handler called, its result written as JSON. By hand: a CloudFront Function of the same behaviour for these options, written for nothing else. Passes: one that returns the request.",
  lacks: () => (hasNjs ? undefined : "njs, as in: apt-get install njs"),
  async run() {
    using root = mkdtempDisposableSync(join(tmpdir(), "bench-njs-"));
    const redirect = compileSecretRedirect({ location: "https://example.com/hidden" });
    const scripts: Readonly<Record<string, TimedScript>> = {
      ...twoOf("spa-rewrite", inlineSpaRewrite(compileSpaRewrite({ routes })), requests),
      ...twoOf("secret-redirect", inlineSecretRedirect(redirect), requests),
      ...twoOf("security-headers", inlineSecurityHeaders(compileSecurityHeaders({})), responses),
      passes: { code: "function handler(event) { return event.request; }", events: requests },
    };
    const { spread, ratio } = await sideBySide(
      rounds,
      Object.entries(scripts).map(([name, script]) => ({
        name,
        measure: () => njsMicroseconds(root.path, script),
      })),
    );
    const rows = ["spa-rewrite", "secret-redirect", "security-headers"].flatMap((name) => [
      { name: `njs: ${name}, µs`, spread: spread(name) },
      { name: `njs: ${name} by hand, µs`, spread: spread(`${name} by hand`) },
      { name: `njs: ${name} : by hand`, spread: ratio(name, `${name} by hand`) },
    ]);
    return [...rows, { name: "njs: passes, µs", spread: spread("passes") }];
  },
};

/** A function as it is deployed, and by hand. */
function twoOf(
  packageName: string,
  options: object,
  events: readonly string[],
): Readonly<Record<string, TimedScript>> {
  const script = readFileSync(resolve(`${packageName}/cloudfront-function`), "utf8");
  const eventType = events === responses ? "viewer-response" : "viewer-request";
  const member = { packageName, version: "0.0.0", script, options };
  const byHand = readFileSync(join(import.meta.dirname, `../njs/${packageName}.js`), "utf8");
  return {
    [packageName]: { code: cloudFrontFunctionCode([member], eventType), events },
    [`${packageName} by hand`]: { code: byHand.replace("export function", "function"), events },
  };
}
