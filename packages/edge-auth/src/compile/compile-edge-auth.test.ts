import { describe, expect, it } from "vitest";
import { signingKey } from "../../test/support/tokens.ts";
import { EdgeAuthOptionsError } from "../edge-auth-options-error.ts";
import { compileEdgeAuth } from "./compile-edge-auth.ts";
import type { EdgeAuthOptions } from "./edge-auth-options.ts";

const basic = { users: { ada: "correct horse battery" } };
const secret = "0123456789abcdef0123456789abcdef";
const token = { issuer: "https://login.example.com/", audience: "notes", secret };
const withBasic = (changes: object) => ({ rules: [{ basic: { ...basic, ...changes } }] });
const withToken = (changes: object) => ({ rules: [{ token: { ...token, ...changes } }] });
const { jwk } = await signingKey("RS256");

describe("compileEdgeAuth", () => {
  it("gives plain JSON", () => {
    const compiled = compileEdgeAuth(withToken({ claimHeaders: { "X-User": "sub" } }));
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
    expect(compiled).toMatchObject({ open: [], ownHeaders: ["x-user"] });
  });

  it("keeps nothing of a private key, and leaves out keys that it cannot use", () => {
    const keys = [
      { ...jwk, d: "private", p: "prime" },
      { kty: "oct", k: "x" },
      { ...jwk, use: "enc" },
    ];
    const compiled = compileEdgeAuth(withToken({ secret: undefined, jwks: { keys } }));
    expect(compiled.rules[0]?.token?.keys).toEqual([
      { alg: "RS256", kid: jwk.kid, kty: "RSA", n: jwk.n, e: jwk.e },
    ]);
  });
});

describe("compileEdgeAuth refuses", () => {
  it.each<[options: unknown, code: string, message: string]>([
    [null, "INVALID_TYPE", "The options are not an object: got null. Allowed: publicPaths, rules."],
    [{ rule: [] }, "UNKNOWN_OPTION", "rule is not an option: got []. Did you mean rules?"],
    [{ rules: [] }, "INVALID_TYPE", "rules is not a list of rules: got []. Give one at least"],
    [
      { rules: [{}] },
      "ONE_OF_SEVERAL",
      "rules[0] does not have exactly one way: got []. Give one of basic, token.",
    ],
    [{ rules: [{ basic, token }] }, "ONE_OF_SEVERAL", "rules[0] does not have exactly one way"],
    [
      { rules: [{ basic, pathPatterns: ["admin/*"] }] },
      "INVALID_VALUE",
      'rules[0].pathPatterns[0] is not a path pattern: got "admin/*". Begin with / or *',
    ],
    [
      { rules: [{ basic, pathPatterns: ["/%61dmin/*"] }] },
      "INVALID_VALUE",
      'rules[0].pathPatterns[0] is spelt as no path is: got "/%61dmin/*". Write "/admin/*"',
    ],
    [{ publicPaths: "/a", rules: [{ basic }] }, "INVALID_TYPE", "publicPaths is not a list"],
    [
      withBasic({ users: {} }),
      "INVALID_VALUE",
      "rules[0].basic.users is not valid: got []. Give 1 to 20 users",
    ],
    [
      withBasic({ users: { ada: "short" } }),
      "TOO_SHORT",
      "rules[0].basic.users.ada is too short: got 5 characters. Give 12 at least",
    ],
    [
      withBasic({ users: { ada: undefined } }),
      "INVALID_TYPE",
      "rules[0].basic.users.ada is not a password: got nothing. Is its environment variable set?",
    ],
    [
      withBasic({ users: { "a:b": "correct horse battery" } }),
      "INVALID_VALUE",
      'rules[0].basic.users has a name that is not valid: got "a:b".',
    ],
    [
      withBasic({ realm: 'a"b' }),
      "INVALID_VALUE",
      'rules[0].basic.realm is not valid: got "a\\"b". Give printable ASCII',
    ],
    [
      withToken({ jwksUrl: "https://x.example" }),
      "ONE_OF_SEVERAL",
      'rules[0].token does not have exactly one way: got ["jwksUrl","secret"]. Give one of jwks',
    ],
    [
      withToken({ secret: "short" }),
      "TOO_SHORT",
      "rules[0].token.secret is too short: got 5 bytes. Give 32 at least",
    ],
    [
      withToken({ secret: undefined, jwksUrl: "http://x.example/jwks" }),
      "INVALID_VALUE",
      'rules[0].token.jwksUrl is not an https: URL: got "http://x.example/jwks".',
    ],
    [
      withToken({ secret: undefined, jwks: { keys: [{ kty: "oct" }] } }),
      "NO_KEY",
      "rules[0].token.jwks has no key that checks a signature",
    ],
    [withToken({ issuer: "" }), "INVALID_VALUE", 'rules[0].token.issuer is not an issuer: got "".'],
    [
      withToken({ audience: [] }),
      "INVALID_TYPE",
      "rules[0].token.audience is not a text or a list of texts: got []. Give the aud",
    ],
    [
      withToken({ leewaySeconds: 601 }),
      "INVALID_VALUE",
      "rules[0].token.leewaySeconds is not valid: got 601. Give 0 to 600.",
    ],
    [
      withToken({ from: { header: "a", cookie: "b" } }),
      "ONE_OF_SEVERAL",
      "rules[0].token.from does not have exactly one way",
    ],
    [
      withToken({ from: { cookie: "a b" } }),
      "INVALID_VALUE",
      'rules[0].token.from is not a place: got {"cookie":"a b"}. Give { header: "authorization" }',
    ],
    [
      withToken({ claimHeaders: { Host: "sub" } }),
      "INVALID_VALUE",
      'rules[0].token.claimHeaders has a header that a function cannot set: got "Host".',
    ],
    [
      withToken({ claimHeaders: { "x-edge-user": "sub" } }),
      "INVALID_VALUE",
      "rules[0].token.claimHeaders has a header that a function cannot set",
    ],
    [
      withToken({ forwardToken: "yes" }),
      "INVALID_TYPE",
      'rules[0].token.forwardToken is not a boolean: got "yes".',
    ],
  ])("%j", (options, code, message) => {
    const compile = () => compileEdgeAuth(options as EdgeAuthOptions);
    expect(compile).toThrow(EdgeAuthOptionsError);
    expect(compile).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it("never shows a password or a secret", () => {
    for (const options of [
      withBasic({ users: { ada: "hunter2" } }),
      withToken({ secret: "hunter2" }),
    ]) {
      expect(() => compileEdgeAuth(options)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
      );
    }
  });
});
