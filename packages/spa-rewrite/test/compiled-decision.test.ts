import { viewerRequestEvent } from "edge-function-testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import {
  type SpaRewriteOptions,
  compileSpaRewrite,
  createSpaRewrite,
  decideSpaRewrite,
  explainSpaRewrite,
} from "spa-rewrite";
import { browserHeaders } from "./support.ts";

const routes = [
  "/",
  "/about",
  "/notes/:id(\\d+)",
  "/notes/:id/edit",
  "/docs{/*}?",
  "{/:lang}?/help",
  "/:page",
  "/v:v(\\d\\.\\d)",
  "/files/:path+",
];
const prefixes = ["/admin", "/admin/reports", "/notes"];
const segment = fc.constantFrom(
  "",
  "about",
  "notes",
  "1",
  "42",
  "edit",
  "docs",
  "de",
  "help",
  "v1.2",
  "a.js",
  "jane.doe",
  "admin",
  "reports",
  "api",
  ".env",
  "..",
  "files",
  "%61bout",
  "x%2Fy",
  "%",
  "caf\u00e9",
);
const uris = fc
  .array(segment, { minLength: 1, maxLength: 5 })
  .map((parts) => `/${parts.join("/")}`);
const anyOptions = fc.record(
  {
    routes: fc.uniqueArray(fc.constantFrom(...routes), { minLength: 1 }),
    apps: fc
      .uniqueArray(fc.constantFrom(...prefixes))
      .map((each) => each.map((prefix) => ({ prefix }))),
    dottedPaths: fc.uniqueArray(fc.constantFrom("/:name", "/notes/*", "/files/:a/:b")),
    exclude: fc.uniqueArray(fc.constantFrom("/api", "/docs/:a", "/files/*")),
    dotFiles: fc.boolean(),
    ignoreCase: fc.boolean(),
  },
  { requiredKeys: ["routes"] },
);

const urlPatterns = new Map<string, URLPattern>();

/** Making a URLPattern costs far more than asking it. */
function urlPattern(pathname: string, ignoreCase: boolean): URLPattern {
  const key = `${pathname} ${ignoreCase}`;
  const made = urlPatterns.get(key) ?? new URLPattern({ pathname }, { ignoreCase });
  urlPatterns.set(key, made);
  return made;
}

/** The rules as the README says them, one after the other, with URLPattern itself. */
function slowDocument(options: SpaRewriteOptions, uri: string): string | undefined {
  const {
    ignoreCase = false,
    exclude = ["/api", "/.well-known"],
    dottedPaths = [],
    apps = [],
  } = options;
  let path: string;
  try {
    path = uri.split(/%2f/i).map(decodeURIComponent).join("%2F");
  } catch {
    return undefined;
  }
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  const isBelow = (prefix: string) =>
    fold(path) === fold(prefix) || fold(path).startsWith(`${fold(prefix)}/`);
  const matches = (pathname: string, tested: string) =>
    urlPattern(pathname, ignoreCase).test({ pathname: tested });
  const segments = path.split("/").slice(1);
  if (segments.some((each) => (options.dotFiles ? /^\.\.?$/ : /^\./).test(each))) return undefined;
  const oneSlash = path.replace(/^\/+/, "/");
  const excluded = exclude.map((each) => each.replace(/\/\*$/, ""));
  if (excluded.some((each) => matches(each, oneSlash) || matches(`${each}/*`, oneSlash))) {
    return undefined;
  }
  const [app] = apps
    .filter(({ prefix }) => isBelow(prefix))
    .toSorted((left, right) => right.prefix.length - left.prefix.length);
  const route = app ? "" : options.routes?.find((each) => matches(each, path));
  if (route === undefined) return undefined;
  const extension = /\.([^.]*)$/.exec(segments.at(-1) ?? "")?.[1] ?? "";
  const namesDot = options.routes?.some(
    (each) => !app && each.includes("\\.") && matches(each, path),
  );
  const isDeclared = namesDot || dottedPaths.some((each) => matches(each, path));
  if (/[a-z]/i.test(extension) && !isDeclared) return undefined;
  return app ? `${app.prefix}/index.html` : "/index.html";
}

/** Thousands of generated inputs, each against a rule that is slow on purpose. */
const propertyTimeoutMs = 60_000;

describe("the compiled decision", { timeout: propertyTimeoutMs }, () => {
  it("is that of the rules, one after the other", () => {
    const seen = { pass: 0, rewrite: 0 };
    fc.assert(
      fc.property(anyOptions, uris, (options, uri) => {
        // URLPattern resolves dot segments in the path that it tests.
        const document = slowDocument(options, uri);
        const decision = decideSpaRewrite(compileSpaRewrite(options), {
          uri,
          headers: browserHeaders.navigation,
        });
        const expected =
          document === undefined ? { kind: "pass" } : { kind: "rewrite", uri: document };
        expect({ options, uri, decision }).toEqual({ options, uri, decision: expected });
        seen[expected.kind as "pass" | "rewrite"] += 1;
      }),
      propertyRuns(1000),
    );
    expect(Math.min(seen.pass, seen.rewrite)).toBeGreaterThan(propertyRuns(100).numRuns);
  });

  it("is what the handler does, for whoever asks", async () => {
    const requests = fc.record({
      uri: uris,
      method: fc.constantFrom("GET", "GET", "HEAD", "POST"),
      headers: fc.constantFrom(...Object.values(browserHeaders), {}),
    });
    const plainOptions = fc.record({
      routes: fc.uniqueArray(fc.constantFrom("/", "/about", "/notes/:id", "/:page"), {
        minLength: 1,
      }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyOptions, plainOptions),
        fc.array(requests),
        async (options, asked) => {
          const compiled = compileSpaRewrite(options);
          const handler = createSpaRewrite(compiled);
          for (const each of asked) {
            const decision = decideSpaRewrite(compiled, each);
            const result = await handler(viewerRequestEvent(each));
            const uri = decision.kind === "rewrite" ? decision.uri : each.uri;
            expect({ options, result }).toEqual({
              options,
              result: { ...viewerRequestEvent(each).Records[0].cf.request, uri },
            });
          }
        },
      ),
      propertyRuns(300),
    );
  });

  it("is what its explanation says, by a rule that the options have", () => {
    fc.assert(
      fc.property(anyOptions, uris, (options, uri) => {
        const compiled = compileSpaRewrite(options);
        const { rule, reason, result } = explainSpaRewrite(compiled, { uri });
        expect(result).toEqual(decideSpaRewrite(compiled, { uri }));
        expect(rule).toMatch(
          /^(?:uri|accept|dotFiles|dottedPaths|siteFiles|(?:apps\[\d\]\.)?(?:mode|routes(?:\[\d\])?)|exclude\[\d\])$/,
        );
        expect(reason).toMatch(/\.$/);
        expect(rule.endsWith("mode") || /routes\[\d\]$/.test(rule)).toBe(result.kind === "rewrite");
      }),
      propertyRuns(500),
    );
  });
});
