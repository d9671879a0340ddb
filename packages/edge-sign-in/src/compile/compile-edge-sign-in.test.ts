import { describe, expect, it } from "vitest";
import { EdgeSignInOptionsError } from "../edge-sign-in-options-error.ts";
import { compileEdgeSignIn } from "./compile-edge-sign-in.ts";
import type { EdgeSignInOptions } from "./edge-sign-in-options.ts";

const least: EdgeSignInOptions = {
  issuer: "https://login.example.com/",
  clientId: "notes",
  sessionKeys: { secretId: "notes/session-keys" },
};

it("gives plain JSON, with all that is left open", () => {
  const compiled = compileEdgeSignIn(least);
  expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  expect(compiled).toEqual({
    issuer: "https://login.example.com/",
    clientId: "notes",
    sessionKeys: { secretId: "notes/session-keys" },
    scope: "openid profile email",
    open: [],
    paths: ["^[^]*$"],
    callbackPath: "/_sign-in/callback",
    signOutPath: "/_sign-in/out",
    signedOutPath: "/",
    sessionSeconds: 3600,
    claims: [],
    claimHeaders: [],
  });
});

describe("compileEdgeSignIn refuses", () => {
  it.each<[changes: object | null, code: string, message: string]>([
    [null, "INVALID_TYPE", "The options are not an object: got null."],
    [{ isuer: "x" }, "UNKNOWN_OPTION", 'isuer is not an option: got "x". Did you mean issuer?'],
    [{ issuer: "http://x.example" }, "INVALID_VALUE", "issuer is not an https: URL"],
    [{ clientId: "" }, "INVALID_TYPE", 'clientId is not valid: got "".'],
    [
      { sessionKeys: "x" },
      "INVALID_TYPE",
      'sessionKeys is not a secret: got "string". Give { secretId',
    ],
    [{ sessionKeys: {} }, "INVALID_TYPE", "sessionKeys is not a secret"],
    [
      { sessionKeys: { text: undefined } },
      "INVALID_TYPE",
      'sessionKeys.text is not a text: got "undefined". Give { secretId: "my-site/sign-in" }, { parameter: "/my-site/sign-in" } or { text }. Is its environment variable set?',
    ],
    [
      { sessionKeys: { text: "short" } },
      "TOO_SHORT",
      "sessionKeys.text is too short: got 5 characters. Give 32 at least, as of: openssl rand -base64 32",
    ],
    [{ scopes: ["email"] }, "INVALID_VALUE", 'scopes lacks openid: got ["email"].'],
    [{ sessionMinutes: 1 }, "INVALID_VALUE", "sessionMinutes is not valid: got 1. Give 5 to 1440."],
    [{ callbackPath: "//x" }, "INVALID_VALUE", 'callbackPath is not a path: got "//x".'],
    [{ signOutPath: "/a?b" }, "INVALID_VALUE", 'signOutPath is not a path: got "/a?b".'],
    [{ publicPaths: ["a"] }, "INVALID_VALUE", "publicPaths[0] is not a path pattern"],
    [{ claims: [] }, "INVALID_TYPE", "claims is not an object: got []."],
    [
      { claims: { role: [] } },
      "INVALID_TYPE",
      "claims.role is not a text or a list of texts: got [].",
    ],
    [
      { claimHeaders: { cookie: "sub" } },
      "INVALID_VALUE",
      "claimHeaders has a header that a function",
    ],
  ])("%j", (changes, code, message) => {
    const options = changes === null ? null : { ...least, ...changes };
    const compile = () => compileEdgeSignIn(options as EdgeSignInOptions);
    expect(compile).toThrow(EdgeSignInOptionsError);
    expect(compile).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
});
