import { viewerRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileEdgeAuth } from "../compile/compile-edge-auth.ts";
import type { TokenOptions } from "../compile/edge-auth-options.ts";
import {
  audience,
  claimsWith,
  issuer,
  signingKey,
  signWithSecret,
} from "../../test/support/tokens.ts";
import { createEdgeAuth } from "./edge-auth.ts";

const keys = await Promise.all(["RS256", "ES256", "EdDSA"].map((alg) => signingKey(alg)));
const [rsa, ec] = keys as [(typeof keys)[number], (typeof keys)[number]];
const secret = "0123456789abcdef0123456789abcdef";
const jwks = { keys: keys.map(({ jwk }) => jwk) };

function handlerWith(token: Partial<TokenOptions> = {}) {
  const key = token.secret === undefined ? { jwks } : {};
  return createEdgeAuth(
    compileEdgeAuth({ rules: [{ token: { issuer, audience, ...key, ...token } }] }),
  );
}

async function ask(
  token: string | undefined,
  options?: Partial<TokenOptions>,
  headers: Readonly<Record<string, string>> = {},
) {
  const all = { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers };
  const lines = Object.entries(all).map(([name, value]) => [name, [{ key: name, value }]]);
  const event = viewerRequestEvent({ headers: Object.fromEntries(lines) });
  return handlerWith(options)(event);
}

const challengeOf = (result: Awaited<ReturnType<typeof ask>>): string | undefined =>
  result && "status" in result ? result.headers?.["www-authenticate"]?.[0]?.value : undefined;

describe("a token", () => {
  it.each(keys)("that $alg has signed passes, and stays here", async (key) => {
    const result = await ask(await key.sign());
    expect(result).toHaveProperty("uri", "/");
    expect(result).not.toHaveProperty("headers.authorization");
  });

  it("that HS256 has signed passes where the secret is known", async () => {
    expect(await ask(await signWithSecret(secret), { secret })).toHaveProperty("uri");
    expect(await ask(await signWithSecret(`${secret}!`), { secret })).toHaveProperty(
      "status",
      "401",
    );
  });

  it("goes on to the origin on request", async () => {
    const token = await rsa.sign();
    const result = await ask(token, { forwardToken: true });
    expect(result).toMatchObject({ headers: { authorization: [{ value: `Bearer ${token}` }] } });
  });

  it("may be in a cookie, which is taken out from among the others", async () => {
    const token = await rsa.sign();
    const from = { cookie: "__Host-token" };
    const cookie = `theme=dark; __Host-token=${token}; a=1`;
    const result = await ask(undefined, { from }, { cookie });
    expect(result).toMatchObject({ headers: { cookie: [{ value: "theme=dark; a=1" }] } });
    const alone = await ask(undefined, { from }, { cookie: `__Host-token=${token}` });
    expect(alone).toHaveProperty("uri");
    expect(alone).not.toHaveProperty("headers.cookie");
    expect(await ask(token, { from })).toHaveProperty("status", "401");
  });

  it("may be in a header of its own", async () => {
    const from = { header: "X-Token" };
    const result = await ask(undefined, { from }, { "x-token": await ec.sign() });
    expect(result).toHaveProperty("uri");
    expect(result).not.toHaveProperty("headers.x-token");
  });
});

describe("a token is refused", () => {
  const now = Math.floor(Date.now() / 1000);

  it.each([
    ["is of another issuer", { iss: "https://evil.example/" }],
    ["is for another audience", { aud: "other" }],
    ["is for another audience", { aud: ["other", "third"] }],
    ["is for another audience", { aud: undefined }],
    ["has no exp", { exp: undefined }],
    ["has expired", { exp: now - 61 }],
    ["is not valid yet", { nbf: now + 600 }],
  ])("that %s: %j", async (reason, claims) => {
    const result = await ask(await rsa.sign(claims));
    expect(challengeOf(result)).toBe(
      `Bearer error="invalid_token", error_description="the token ${reason}"`,
    );
  });

  it("by a clock that may differ as the leeway says", async () => {
    expect(await ask(await rsa.sign({ exp: now - 30, nbf: now + 30 }))).toHaveProperty("uri");
    const expired = await rsa.sign({ exp: now - 5 });
    expect(await ask(expired, { leewaySeconds: 0 })).toHaveProperty("status", "401");
  });

  it("that is none, without saying why where there was none", async () => {
    expect(challengeOf(await ask(undefined))).toBe("Bearer");
    for (const token of ["x", "a.b", "a.b.c", "..", "e30.e30.", `${"a".repeat(9000)}.b.c`]) {
      expect(challengeOf(await ask(token))).toContain('error="invalid_token"');
    }
  });

  it("whose signature is another's, or none", async () => {
    const token = await rsa.sign();
    const [header = "", payload = "", signature = ""] = token.split(".");
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const forged = encoded(claimsWith({ sub: "root" }));
    const [, , ofEc = ""] = (await ec.sign()).split(".");
    for (const bad of [
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${ofEc}`,
      `${encoded({ alg: "none" })}.${payload}.`,
      `${encoded({ alg: "ES256" })}.${payload}.${signature}`,
      `${encoded({ alg: "RS256", crit: ["exp"] })}.${payload}.${signature}`,
      `${encoded({ alg: ["RS256"] })}.${payload}.${signature}`,
    ]) {
      expect(await ask(bad)).toHaveProperty("status", "401");
    }
  });

  it("that HS256 has signed with a public key of RS256", async () => {
    const token = await signWithSecret(JSON.stringify(rsa.jwk));
    expect(await ask(token)).toHaveProperty("status", "401");
  });

  it("whose key id is not known, and passes without one", async () => {
    const other = await signingKey("RS256", "another key");
    expect(await ask(await other.sign())).toHaveProperty("status", "401");
    expect(await ask(await rsa.sign({}, { kid: "another key" }))).toHaveProperty("status", "401");
    expect(await ask(await rsa.sign({}, { kid: undefined }))).toHaveProperty("uri");
  });
});

describe("claims and scopes", () => {
  const options = { claims: { role: ["admin", "ops"] }, scopes: ["read", "write"] };

  it.each([
    { role: "admin", scope: "read write" },
    { role: ["guest", "ops"], scope: "write  other read" },
    { role: "ops", scp: ["read", "write"] },
  ])("%j suffice", async (claims) => {
    expect(await ask(await rsa.sign(claims), options)).toHaveProperty("uri");
  });

  it.each([
    { scope: "read write" },
    { role: "guest", scope: "read write" },
    { role: { admin: true }, scope: "read write" },
    { role: "admin", scope: "read" },
    { role: "admin", scope: "readwrite" },
    { role: "admin" },
  ])("%j do not", async (claims) => {
    const result = await ask(await rsa.sign(claims), options);
    expect(result).toMatchObject({ status: "403" });
    expect(challengeOf(result)).toBe('Bearer error="insufficient_scope", scope="read write"');
  });
});

describe("headers for the origin", () => {
  const claimHeaders = { "X-User": "sub", "x-roles": "roles" };

  it("have the claims, with all encoded that a header cannot hold", async () => {
    const token = await rsa.sign({ sub: "zoë, 1\r\n%", roles: ["a", 7, { b: 1 }] });
    expect(await ask(token, { claimHeaders })).toMatchObject({
      headers: {
        "x-user": [{ value: "zo%C3%AB%2C%201%0D%0A%25" }],
        "x-roles": [{ value: "a,7" }],
      },
    });
  });

  it("are never the viewer's own, on open paths neither", async () => {
    const result = await ask(
      await rsa.sign({ sub: undefined }),
      { claimHeaders },
      { "x-user": "root" },
    );
    expect(result).not.toHaveProperty("headers.x-user");
    const handler = createEdgeAuth(
      compileEdgeAuth({
        rules: [{ pathPatterns: ["/api/*"], token: { issuer, audience, jwks, claimHeaders } }],
      }),
    );
    const event = viewerRequestEvent({ headers: { "x-user": [{ key: "x-user", value: "root" }] } });
    expect(await handler(event)).toMatchObject({ uri: "/", headers: {} });
  });
});

it("CORS preflights pass on request, and nothing else without a token", async () => {
  const asked = { origin: "https://app.example", "access-control-request-method": "PUT" };
  const preflight = (options: Partial<TokenOptions>, method: string) => {
    const lines = Object.entries(asked).map(([name, value]) => [name, [{ key: name, value }]]);
    return handlerWith(options)(viewerRequestEvent({ method, headers: Object.fromEntries(lines) }));
  };
  expect(await preflight({ allowPreflights: true }, "OPTIONS")).toHaveProperty("uri");
  expect(await preflight({ allowPreflights: true }, "GET")).toHaveProperty("status", "401");
  expect(await preflight({}, "OPTIONS")).toHaveProperty("status", "401");
});
