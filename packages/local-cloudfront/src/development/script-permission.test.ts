import { expect, it } from "vitest";
import { scriptPermission } from "./script-permission.ts";

const asked = (policy: string, html = "") =>
  scriptPermission(
    policy === ""
      ? {}
      : { "content-security-policy": [{ key: "Content-Security-Policy", value: policy }] },
    html,
  );
const permitted = (nonce?: string, transport = "fetch") => ({
  kind: "permitted",
  nonce,
  transport,
});
const refused = (directive: string) => ({ kind: "refused", directive });

it.each([
  ["no policy", "", permitted()],
  ["a policy of other things", "frame-ancestors 'none'", permitted()],
  ["the own origin", "default-src 'self'", permitted()],
  [
    "scripts and connections",
    "default-src 'none'; script-src 'self'; connect-src 'self'",
    permitted(),
  ],
  ["a nonce", "script-src 'nonce-abc='; connect-src *", permitted("abc=")],
  ["a nonce with strict-dynamic", "script-src 'self' 'strict-dynamic' 'nonce-a'", permitted("a")],
  ["no scripts", "script-src 'none'", refused("script-src")],
  ["hashes alone", "script-src 'sha256-abc'", refused("script-src")],
  [
    "no script elements",
    "script-src 'self'; script-src-elem https://a.example",
    refused("script-src"),
  ],
  ["no connections", "default-src 'none'; script-src 'self'", permitted(undefined, "script")],
  [
    "neither connections nor scripts that load scripts",
    "default-src 'self'; connect-src 'none'; require-trusted-types-for 'script'",
    refused("connect-src"),
  ],
  ["a sandbox", "sandbox allow-forms", refused("sandbox")],
  ["the first of two", "script-src 'none'; script-src 'self'", refused("script-src")],
  ["one of two policies", "script-src 'self', script-src 'none'", refused("script-src")],
  ["two nonces", "script-src 'nonce-a', script-src 'nonce-b'", refused("script-src")],
])("%s: %s", (_, policy, expected) => {
  expect(asked(policy)).toEqual(expected);
});

it("a policy that only reports counts, too: it would report", () => {
  const headers = {
    "content-security-policy-report-only": [{ key: "", value: "script-src 'none'" }],
  };
  expect(scriptPermission(headers, "")).toEqual(refused("script-src"));
});

it("a policy in the markup counts", () => {
  const meta = `<META content="script-src 'none'" http-equiv=Content-Security-Policy>`;
  expect(asked("", `<head>${meta}</head>`)).toEqual(refused("script-src"));
});
