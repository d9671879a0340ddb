import { viewerRequestEvent } from "edge-function-testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileEdgeSignIn } from "../compile/compile-edge-sign-in.ts";
import { createEdgeSignIn } from "./edge-sign-in.ts";

const handler = createEdgeSignIn(
  compileEdgeSignIn({
    // Nobody listens there.
    issuer: "http://127.0.0.1:9/",
    clientId: "notes",
    sessionKeys: { text: "0123456789abcdef0123456789abcdef" },
    publicPaths: ["/open/*"],
    claimHeaders: { "x-user": "sub" },
  }),
  { log: () => undefined },
);

const text = fc.string({ unit: "binary-ascii", maxLength: 80 });
const cookie = fc.oneof(
  text,
  fc
    .tuple(fc.constantFrom("__Host-edge-session", "__Host-edge-sign-in-x"), text)
    .map((pair) => pair.join("=")),
  fc
    .array(fc.base64String({ maxLength: 40 }), { minLength: 5, maxLength: 5 })
    .map((parts) => `__Host-edge-session=${parts.join(".")}`),
);
const uris = fc.oneof(
  fc.constantFrom("/", "/open/a", "/_sign-in/callback", "/_sign-in/out", "//", "/%", "/%zz/..%2f"),
  fc.webPath(),
);

it("no request passes without a session, and none makes the handler throw", async () => {
  await fc.assert(
    fc.asyncProperty(uris, text, cookie, fc.boolean(), async (uri, querystring, value, isPage) => {
      const accept = isPage ? "text/html" : "*/*";
      const result = await handler(
        viewerRequestEvent({
          uri,
          querystring,
          headers: {
            accept: [{ key: "Accept", value: accept }],
            cookie: [{ key: "Cookie", value }],
            "x-user": [{ key: "X-User", value: "root" }],
          },
        }),
      );
      const isOpen = /^\/open\/(?!.*(?:%|\/[./]))/.test(uri);
      expect(isOpen || (result && "status" in result)).toBe(true);
      expect(result).not.toHaveProperty("headers.x-user");
    }),
    propertyRuns(150),
  );
});
