import { originRequestEvent } from "edge-function-testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { createSecretRedirect } from "./secret-redirect.ts";
import { decideSecretRedirect } from "./decide-secret-redirect.ts";

const from = fc.constantFrom("/secret", "/a", "/a/b/", "/caf%C3%A9", "/x~y", "/", "/a/b.c");
const rules = fc.uniqueArray(from, { minLength: 1, maxLength: 4 }).chain((paths) =>
  fc.tuple(
    ...paths.map(
      (path) =>
        fc.record({
          from: fc.constant(path),
          to: fc.constantFrom("https://x.example/to", "/to?a=1#top"),
          query: fc.constant("drop"),
          trailingSlash: fc.constantFrom("ignore", "strict"),
        }) satisfies fc.Arbitrary<RedirectRule>,
    ),
  ),
);
const character = fc.constantFrom(
  ..."/secretabxyf~.c".split(""),
  "%61",
  "%2f",
  "%2E",
  "%C3%A9",
  "\u00e9",
  "%",
  "//",
  "/./",
  "/../",
  "/secret",
  "/a/b",
);
const uris = fc.array(character, { maxLength: 5 }).map((parts) => `/${parts.join("")}`);

describe("the handler of rules that are a path and a location", () => {
  it("decides as the rules do, whatever the disguise of the path", async () => {
    const seen = { passes: 0, redirect: 0 };
    await fc.assert(
      fc.asyncProperty(rules, fc.array(uris), async (given, paths) => {
        const compiled = compileSecretRedirect({ rules: given });
        const handler = createSecretRedirect(compiled);
        for (const uri of [...paths, ...given.map((each) => each.from)]) {
          const event = originRequestEvent({ uri, querystring: "q=1" });
          const { request } = event.Records[0].cf;
          const decision = decideSecretRedirect(compiled, request);
          seen[decision ? "redirect" : "passes"] += 1;
          expect({ given, uri, result: await handler(event) }).toEqual({
            given,
            uri,
            result: decision?.response ?? request,
          });
        }
      }),
      propertyRuns(2000),
    );
    expect(Math.min(seen.passes, seen.redirect)).toBeGreaterThan(200);
  });

  it("finds a path by its last character where the one before is not encoded", async () => {
    const rule = { from: "/caf%C3%A9s", to: "/b", query: "drop" } as const;
    const handler = createSecretRedirect(compileSecretRedirect({ rules: [rule] }));
    expect(await handler(originRequestEvent({ uri: "/caf\u00e9s" }))).toHaveProperty("status");
    expect(await handler(originRequestEvent({ uri: "/caf\u00e9t" }))).toHaveProperty("uri");
  });
});
