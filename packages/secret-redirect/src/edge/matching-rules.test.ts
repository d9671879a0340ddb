import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { decideSecretRedirect } from "./decide-secret-redirect.ts";

const segment = fc.constantFrom("a", "b", "ab", ":p", "a:p", ":p.b", "b:p.a");
const rest = fc.constantFrom("", "", "/", "/*", "/a*");
const rule: fc.Arbitrary<RedirectRule> = fc
  .record({
    segments: fc.array(segment, { maxLength: 3 }),
    end: rest,
    trailingSlash: fc.constantFrom("ignore", "strict"),
    hasCondition: fc.boolean(),
  })
  .map(({ segments, end, trailingSlash, hasCondition }) => {
    const names = segments.map((each, index) => each.replace(":p", `:p${index}`));
    const from = `/${names.join("/")}${end}`.replace("//", "/");
    const captured = [...from.matchAll(/:p\d/g), ...(end.endsWith("*") ? [":splat"] : [])];
    return {
      from,
      to: `https://x.example/to?${captured.map((name, index) => `${index}=${name}`).join("&")}`,
      trailingSlash,
      query: "drop",
      ...(hasCondition && { conditions: { query: { q: true } } }),
    } as const;
  });
const path = fc
  .tuple(
    fc.array(fc.constantFrom("a", "b", "ab", "aab", "a.b", "bx.a", "x"), { maxLength: 4 }),
    fc.constantFrom("", "/"),
  )
  .map(([segments, slash]) => `/${segments.join("/")}${slash}`.replace("//", "/"));

/** One rule after the other, each as a regular expression: slow and obvious. */
function slowly(
  rules: readonly RedirectRule[],
  uri: string,
  querystring: string,
): string | undefined {
  for (const { from, to, trailingSlash, conditions } of rules) {
    if (conditions && querystring === "") continue;
    const hasSplat = from.endsWith("*");
    const bare = from.replace(/\/\*$|\*$|\/$/, "");
    const source = bare.replaceAll(".", "\\.").replaceAll(/:(p\d)/g, "(?<$1>[^/]+)");
    const isPartial = hasSplat && !from.endsWith("/*");
    const slash = trailingSlash === "strict" ? (from.endsWith("/") ? "/" : "") : "/?";
    const end = isPartial
      ? "(?<splat>.*)"
      : hasSplat
        ? `(?:/(?<splat>.*))${trailingSlash === "strict" ? "" : "?"}`
        : slash;
    const found = new RegExp(`^${source}${end}$`).exec(
      uri === "/" && source === "" && !hasSplat ? slash.replace("?", "") : uri,
    );
    if (!found) continue;
    return to.replaceAll(/:(p\d|splat)/g, (_, name: string) => found.groups?.[name] ?? "");
  }
  return undefined;
}

it("the tables decide as trying one rule after the other does", () => {
  const seen = { redirected: 0 };
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 12 }),
      path,
      fc.constantFrom("", "q=1"),
      (rules, uri, querystring) => {
        const compiled = compileSecretRedirect({ rules });
        const decision = decideSecretRedirect(JSON.parse(JSON.stringify(compiled)), {
          uri,
          querystring,
          method: "GET",
          headers: {},
        });
        const location = decision?.response.headers?.["location"]?.[0]?.value;
        const expected = slowly(rules, uri, querystring)?.replace(/\?$/, "");
        if (expected !== undefined) seen.redirected += 1;
        expect(location).toBe(expected);
      },
    ),
    propertyRuns(5000),
  );
  expect(seen.redirected).toBeGreaterThan(propertyRuns(1000).numRuns);
});
