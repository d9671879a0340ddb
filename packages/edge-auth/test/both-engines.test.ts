import { loadCloudFrontFunction, testBothEngines, viewerRequestEvent } from "edge-function-testing";
import { compileEdgeAuth, createEdgeAuth } from "edge-auth";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { audience, issuer, signWithSecret } from "./support/tokens.ts";

const secret = "0123456789abcdef0123456789abcdef";
const compiled = compileEdgeAuth({
  publicPaths: ["/assets/*"],
  rules: [
    {
      pathPatterns: ["/api/*"],
      token: { issuer, audience, secret, scopes: ["read"], claimHeaders: { "x-user": "sub" } },
    },
    {
      pathPatterns: ["/app/*"],
      token: { issuer, audience, secret, from: { cookie: "__Host-token" } },
    },
    { pathPatterns: ["/preview/*"], basic: { users: { zoë: "correct horse ☂ battery" } } },
  ],
});
const artefact = await loadCloudFrontFunction(`${import.meta.dirname}/..`, compiled);
const handler = createEdgeAuth(compiled);

const [reading, other, expired] = await Promise.all([
  signWithSecret(secret, { scope: "read", sub: "zoë" }),
  signWithSecret(secret),
  signWithSecret(secret, { exp: 1 }),
]);
const basic = `Basic ${Buffer.from("zoë:correct horse ☂ battery").toString("base64")}`;
const line = (key: string, value: string) => ({ [key]: [{ key, value }] });

const uris = ["/", "/assets/a", "/api/a", "/%61pi/a", "/app/b", "/preview/c", "/preview%2Fc"];
const headers = [
  {},
  line("authorization", `Bearer ${reading}`),
  line("authorization", `Bearer ${other}`),
  line("authorization", `bearer ${expired}`),
  line("authorization", basic),
  line("authorization", "Basic ☂"),
  { ...line("cookie", `a=1; __Host-token=${other}`), ...line("x-user", "root") },
  line("cookie", `__Host-token=${expired}`),
];

describe("both engines", () => {
  testBothEngines(artefact, {
    handler,
    events: uris.flatMap((uri) =>
      headers.map((each) => viewerRequestEvent({ uri, headers: each })),
    ),
  });
});

it("no legal event makes the handler throw", async () => {
  const text = fc.string({ unit: "binary-ascii", maxLength: 60 });
  const values = fc.oneof(
    text,
    text.map((each) => `Basic ${Buffer.from(each).toString("base64")}`),
    fc
      .tuple(fc.json(), fc.json(), text)
      .map(([header, payload, signature]) =>
        [header, payload, signature]
          .map((each) => Buffer.from(each).toString("base64url"))
          .join("."),
      ),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...uris), values, text, async (uri, value, cookie) => {
      const given = { ...line("authorization", value), ...line("cookie", cookie) };
      const result = await handler(viewerRequestEvent({ uri, headers: given }));
      const isOpen = uri === "/" || uri.startsWith("/assets/");
      expect(result).toHaveProperty(isOpen ? "uri" : "status");
    }),
    propertyRuns(400),
  );
});
