import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import { createSecretRedirect } from "./secret-redirect.ts";
import { originRequestEvent } from "edge-function-testing";

const piece = fc.oneof(
  fc.constantFrom(
    "/",
    "//",
    "\\",
    "/\\",
    "..",
    ".",
    "%2F",
    "%5C",
    "%2e%2e",
    "@",
    ":",
    "?",
    "#",
    "&",
    "=",
    ";",
    "+",
    "%",
    "%0d%0a",
    "\r\n",
    "\t",
    "\0",
    " ",
    "%00",
    "https:",
    "//evil.example",
    "evil.example",
    "user:pass@",
    "a",
    "\u00E9",
    "\u2028",
    "\uD800",
    "\u{1F600}",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const targets = [
  "/:splat",
  "/:splat/x",
  "/x/:splat#:splat",
  "/?next=:splat",
  "/:p",
  "/:p:splat",
  "/a:p/:splat?p=:p&q=:q#:q",
  "/:q",
  "/:q/:splat",
  "https://new.example/:splat",
  "https://new.example/:p/:splat/:q",
  "https://new.example:8443/:splat?p=:p",
  "https://new.example?p=:p",
  "https://new.example#:splat",
];
const rules = targets.flatMap((to, index) => [
  { from: `/s${index}/*`, to: to.replaceAll(/:[pq]/g, "-") },
  { from: `/t${index}*`, to: to.replaceAll(/:[pq]/g, "-") },
  { from: `/u${index}/:p/*`, to: to.replaceAll(":q", "-") },
  { from: `/v${index}/:p.html`, to: to.replaceAll(/:splat|:q/g, "-") },
  { from: `/w${index}/:p/*`, to, conditions: { query: { q: ":q" } } },
]);
const handler = createSecretRedirect(compileSecretRedirect({ rules }));

it("captured text never leaves the host that the rule names, whatever the request holds", async () => {
  const seen = { redirected: 0 };
  const property = fc.asyncProperty(
    fc.constantFrom("s", "t", "u", "v", "w"),
    fc.nat(targets.length - 1),
    text,
    text,
    fc.constantFrom("", ".html", "/"),
    async (kind, index, captured, querystring, end) => {
      const uri = `/${kind}${index}${kind === "t" ? "" : "/"}${captured}${end}`;
      const event = originRequestEvent({ uri, querystring: `q=${querystring}` });
      const result = await handler(event);
      if (!("status" in result)) return;
      seen.redirected += 1;
      const location = result.headers?.["location"]?.[0]?.value ?? "";
      // LE-C-15: no control character; beyond that, printable ASCII that a path or query may hold.
      expect(location).toMatch(/^[!#-;=?-[\]_a-z~]+$/);
      expect(location).not.toMatch(/^\/[/\\]/);
      const url = new URL(location, "https://own.example");
      // Another kind of rule may have matched where the text held dot segments.
      const hosts = location.startsWith("/")
        ? ["own.example"]
        : ["new.example", "new.example:8443"];
      expect(hosts).toContain(url.host);
      expect(url.username + url.password).toBe("");
      expect(url.pathname).not.toMatch(/^\/\//);
    },
  );
  await fc.assert(property, propertyRuns(8000));
  expect(seen.redirected).toBeGreaterThan(propertyRuns(3000).numRuns);
});
