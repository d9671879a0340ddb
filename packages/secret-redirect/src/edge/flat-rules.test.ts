import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile-secret-redirect.ts";
import { createRedirectDecision, decideSecretRedirect } from "./decide-secret-redirect.ts";
import { createTextTable } from "./text-table.ts";

const clock = { now: () => 0 };
const from = fc.constantFrom(
  "/",
  "/a",
  "/a/b",
  "/a/:x",
  "/:x/b",
  "/a/*",
  "/*",
  "/:x",
  "/post-:x",
  "/:x.html",
  "/post-:x.html",
  "/b/:x/c",
  "/post-:x/a-:y",
  "/post-:x/:y.html",
  "/post-:x/post-:y",
  "/b/:x/c/*",
);
const to = fc.constantFrom("/to", "https://x.example/to#top", "/to?a=1");
const rule = fc.record(
  {
    from,
    to,
    query: fc.constantFrom("drop", "keep"),
    trailingSlash: fc.constantFrom("ignore", "strict"),
    conditions: fc.constantFrom({ method: "GET" }, { method: "POST" }),
  },
  { requiredKeys: ["from", "to"] },
);
const captured = fc.constantFrom(
  { from: "/old/:x", to: "/new/:x" },
  { from: "/old/:x/*", to: "/new/:x/:splat" },
  { from: "/move/*", to: "/moved/:splat" },
  { from: "/move-all/*", to: "/moved:splat" },
  { from: "/day/:x.html", to: "/days/:x?from=:x" },
);
const rules = fc.array(fc.oneof(rule, captured), { minLength: 1, maxLength: 8 });
const segment = fc.constantFrom(
  ..."a b c post-1 x.html post-1.html post-.html old move move-all day a-1 %61 .. * post-*".split(
    " ",
  ),
  "",
);
const uri = fc
  .tuple(fc.array(segment, { maxLength: 4 }), fc.constantFrom("", "/"))
  .map(([segments, end]) => `/${segments.join("/")}${end}`);
const request = fc.record({ uri, querystring: fc.constantFrom("", "q=1") });

describe("the flat tables", () => {
  it("lead to the decision that the compiled rules make one after the other", () => {
    let redirects = 0;
    fc.assert(
      fc.property(rules, fc.array(request, { minLength: 5 }), (given, requests) => {
        const compiled = compileSecretRedirect({ rules: given as never });
        const decide = createRedirectDecision(compiled, clock);
        for (const each of requests) {
          const whole = { ...each, method: "GET", headers: {} } as const;
          const expected = decideSecretRedirect(compiled, whole, clock);
          redirects += expected ? 1 : 0;
          expect({ given, each, decision: decide(whole) }).toEqual({
            given,
            each,
            decision: expected,
          });
        }
      }),
      { numRuns: 1000 },
    );
    expect(redirects).toBeGreaterThan(1000);
  });
});

describe("a table of texts", () => {
  it("has each text of each owner, in whatever it is a part of, and no other", () => {
    const texts = fc.uniqueArray(
      fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom(..."ab/") }),
    );
    fc.assert(
      fc.property(
        texts,
        texts,
        fc.string({ unit: fc.constantFrom(..."ab/") }),
        (one, other, text) => {
          const entries = [one, other].flatMap((each, owner) =>
            each.map((text, index) => ({ owner, text, value: owner * 100 + index })),
          );
          const valueOf = createTextTable(entries);
          for (let start = 0; start < text.length; start += 1) {
            for (let end = start + 1; end <= text.length; end += 1) {
              const part = text.slice(start, end);
              expect(valueOf(0, text, start, end)).toBe(one.indexOf(part));
              const index = other.indexOf(part);
              expect(valueOf(1, text, start, end)).toBe(index < 0 ? -1 : 100 + index);
            }
          }
        },
      ),
    );
  });

  it("finds each of ten thousand texts", () => {
    const entries = Array.from({ length: 10_000 }, (_, value) => {
      return { owner: -1, text: `/old-${value}`, value };
    });
    const valueOf = createTextTable(entries);
    const found = entries.map(({ text }) => valueOf(-1, text, 0, text.length));
    expect(found).toEqual(entries.map(({ value }) => value));
    expect(valueOf(-1, "/old-10000", 0, 10)).toBe(-1);
  });
});
