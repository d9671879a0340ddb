import { expect, it } from "vitest";
import { compileEdgeSignIn } from "../compile/compile-edge-sign-in.ts";
import { type ExplainedRequest, explainEdgeSignIn } from "./explain-edge-sign-in.ts";

const compiled = compileEdgeSignIn({
  issuer: "https://login.example.com/",
  clientId: "notes",
  sessionKeys: { secretId: "notes/session-keys" },
  publicPaths: ["/about"],
  claims: { role: ["admin"] },
});
const json = { accept: [{ key: "Accept", value: "application/json" }] };

it.each<[request: ExplainedRequest, decision: string, reason: RegExp]>([
  [{ uri: "/about" }, "open", /open to everybody/],
  [{ uri: "/" }, "begin", /led to https:\/\/login\.example\.com\/.* back to \/_sign-in\/callback/],
  [{ uri: "/api", headers: json }, "unauthorized", /401/],
  [{ uri: "/", method: "POST" }, "unauthorized", /no navigation/],
  [{ uri: "/", claims: { role: "guest" } }, "forbidden", /the claim role has another value/],
  [{ uri: "/", claims: { role: ["guest", "admin"] } }, "pass", /may see it/],
  [{ uri: "/_sign-in/callback" }, "complete", /begun in this browser/],
  [{ uri: "/_sign-in/out" }, "sign-out", /ends here/],
])("%j: %s", (request, decision, reason) => {
  expect(explainEdgeSignIn(compiled, request)).toEqual({
    decision,
    reason: expect.stringMatching(reason),
  });
});
