import { randomBytes } from "node:crypto";
import { compileEdgeSignIn, createEdgeSignIn, type EdgeSignInOptions } from "edge-sign-in";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  clientId,
  clientSecret,
  signInAt,
  TestProvider,
} from "edge-function-testing/openid-provider";
import { fetching, Visitor } from "./support/visitor.ts";

const host = "127.0.0.1:8787";
const redirectUri = `http://${host}/_sign-in/callback`;
const keys = () => randomBytes(32).toString("base64");
const sessionKeys = keys();
let provider: TestProvider;
/** Seconds that the function's clock is ahead. */
let ahead: number;
const clock = { now: () => Date.now() + ahead * 1000 };
const logged: unknown[] = [];
const log = (error: unknown) => logged.push(error);

beforeAll(async () => {
  provider = await TestProvider.start();
});
afterAll(() => provider.close());
beforeEach(() => {
  ahead = 0;
  logged.length = 0;
  provider.isDown = false;
  provider.register({ redirectUri, signedOutUri: `http://${host}/` });
});

function siteWith(options: Partial<EdgeSignInOptions> = {}, at = host): Visitor {
  const compiled = compileEdgeSignIn({
    issuer: provider.issuer,
    clientId,
    clientSecret: { text: clientSecret },
    sessionKeys: { text: sessionKeys },
    publicPaths: ["/assets/*"],
    claimHeaders: { "x-user": "sub" },
    ...options,
  });
  return new Visitor(createEdgeSignIn(compiled, { clock, log }), at);
}

async function signIn(visitor: Visitor, url = "/", name = "ada"): Promise<string | undefined> {
  const { location = "" } = await visitor.visit(url);
  const { location: back } = await visitor.visit(await signInAt(location, name));
  return back;
}

describe("a first visit", () => {
  it("leads to the provider and back to the page that was asked for, which then passes", async () => {
    const visitor = siteWith();
    const first = await visitor.visit("/notes/1?a=b&c=%2F");
    expect(first.status).toBe(302);
    const url = new URL(first.location ?? "");
    expect(url.origin).toBe(provider.issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: clientId,
      response_type: "code",
      redirect_uri: redirectUri,
      scope: "openid profile email",
      code_challenge_method: "S256",
    });
    const back = await visitor.visit(await signInAt(url.href, "ada"));
    expect(back).toMatchObject({ status: 302, location: "/notes/1?a=b&c=%2F" });
    const page = await visitor.visit("/notes/1?a=b&c=%2F");
    expect(page).toMatchObject({
      status: 200,
      request: { headers: { "x-user": [{ value: "ada" }] } },
    });
    // The origin sees no session.
    expect(page.request?.headers).not.toHaveProperty("cookie");
  });

  it("is for pages alone: data, scripts and forms get 401, and open paths pass", async () => {
    const visitor = siteWith();
    expect((await visitor.visit("/api", fetching)).status).toBe(401);
    const script = { accept: "*/*", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" };
    expect((await visitor.visit("/app.js", script)).status).toBe(401);
    expect((await visitor.visit("/form", undefined, "POST")).status).toBe(401);
    expect(
      (await visitor.visit("/assets/app.js", { ...script, "x-user": "root" })).request?.headers,
    ).not.toHaveProperty("x-user");
    expect((await visitor.visit("/assets/..%2fsecret")).status).toBe(302);
    expect(visitor.cookies.size).toBe(1);
  });

  it("never leads to another host, whatever was asked for", async () => {
    for (const url of [`http://${host}//evil.example/`, `http://${host}/\\evil.example`]) {
      expect(await signIn(siteWith(), url)).toMatch(/^\/(?![/\\])/);
    }
  });

  it("may be in two tabs at once", async () => {
    const visitor = siteWith();
    const [one, other] = [await visitor.visit("/one"), await visitor.visit("/other")];
    const backs = [
      await visitor.visit(await signInAt(one.location ?? "", "ada")),
      await visitor.visit(await signInAt(other.location ?? "", "ada")),
    ];
    expect(backs.map(({ location }) => location)).toEqual(["/one", "/other"]);
    expect([...visitor.cookies.keys()]).toEqual(["__Host-edge-session"]);
  });
});

describe("a sign-in is refused", () => {
  it("that was begun in another browser, or with a forged state", async () => {
    const attacker = siteWith();
    const { location = "" } = await attacker.visit("/");
    const callback = await signInAt(location, "mallory");
    const victim = siteWith();
    expect(await victim.visit(callback)).toMatchObject({
      status: 400,
      body: expect.stringContaining("not begun in this browser"),
    });
    await victim.visit("/");
    expect((await victim.visit(callback)).status).toBe(400);
    const forged = new URL(callback);
    forged.searchParams.set("state", `${forged.searchParams.get("state")}x`);
    expect((await attacker.visit(forged.href)).status).toBe(400);
    expect(victim.cookies.has("__Host-edge-session")).toBe(false);
  });

  it("that took more than ten minutes", async () => {
    const visitor = siteWith();
    const { location = "" } = await visitor.visit("/");
    const callback = await signInAt(location, "ada");
    ahead = 601;
    expect((await visitor.visit(callback)).status).toBe(400);
  });

  it("whose code was used before, or that the provider refuses", async () => {
    const visitor = siteWith();
    const { location = "" } = await visitor.visit("/");
    const callback = await signInAt(location, "ada");
    const cookies = new Map(visitor.cookies);
    expect((await visitor.visit(callback)).status).toBe(302);
    for (const [name, value] of cookies) visitor.cookies.set(name, value);
    expect((await visitor.visit(callback)).status).toBe(403);
    const state = new URL((await visitor.visit("/", undefined)).location ?? "http://x")
      .searchParams;
    expect(state.get("state")).toBeNull();
    const other = siteWith();
    const begun = new URL((await other.visit("/")).location ?? "");
    const denied = `${redirectUri}?error=access_denied&state=${begun.searchParams.get("state")}&iss=${encodeURIComponent(provider.issuer)}`;
    expect((await other.visit(denied)).status).toBe(403);
  });

  it("of whom the provider does not say what is asked for", async () => {
    const options = { claims: { role: ["admin"] }, scopes: ["openid", "profile"] };
    const ada = siteWith(options);
    await signIn(ada, "/", "ada");
    expect((await ada.visit("/")).status).toBe(200);
    const bob = siteWith(options);
    await signIn(bob, "/", "bob");
    expect(await bob.visit("/")).toMatchObject({
      status: 403,
      body: "You are signed in, but may not see this: role does not suffice.\n",
    });
  });
});

describe("a session", () => {
  it("ends, and the next page asks the provider again, data gets 401", async () => {
    const visitor = siteWith();
    await signIn(visitor);
    ahead = 3599;
    expect((await visitor.visit("/")).status).toBe(200);
    ahead = 3601;
    expect((await visitor.visit("/api", fetching)).status).toBe(401);
    expect((await visitor.visit("/")).location).toContain(`${provider.issuer}/auth?`);
  });

  it("is that of one host, one client and one key", async () => {
    const visitor = siteWith();
    await signIn(visitor);
    const stolen = visitor.cookies.get("__Host-edge-session") ?? "";
    const statusOf = async (other: Visitor, value = stolen) => {
      other.cookies.set("__Host-edge-session", value);
      return (await other.visit("/")).status;
    };
    expect(await statusOf(siteWith())).toBe(200);
    expect(await statusOf(siteWith({}, "127.0.0.1:9999"))).toBe(302);
    expect(await statusOf(siteWith({ clientId: "another" }))).toBe(302);
    expect(await statusOf(siteWith({ sessionKeys: { text: keys() } }))).toBe(302);
    const changed = Buffer.from(stolen.split(".").at(-1) ?? "", "base64url");
    changed[0] = (changed[0] ?? 0) ^ 1;
    const forged = stolen.replace(/[^.]+$/, changed.toString("base64url"));
    expect(await statusOf(siteWith(), forged)).toBe(302);
    expect(await statusOf(siteWith(), "")).toBe(302);
    expect(await statusOf(siteWith(), "e30..e30.e30.e30")).toBe(302);
  });

  it("outlives the rotation of keys, and is sealed with the first", async () => {
    const added = keys();
    const rotated = { sessionKeys: { text: `${added}\n${sessionKeys}` } };
    const before = siteWith();
    await signIn(before);
    const during = siteWith(rotated);
    during.cookies.set("__Host-edge-session", before.cookies.get("__Host-edge-session") ?? "");
    expect((await during.visit("/")).status).toBe(200);
    const later = siteWith(rotated);
    await signIn(later);
    const after = siteWith({ sessionKeys: { text: added } });
    for (const [visitor, status] of [
      [before, 302],
      [later, 200],
    ] as const) {
      after.cookies.set("__Host-edge-session", visitor.cookies.get("__Host-edge-session") ?? "");
      expect((await after.visit("/")).status).toBe(status);
    }
  });

  it("is refreshed without a page of the provider's, where it gives a refresh token", async () => {
    const visitor = siteWith({ scopes: ["openid", "offline_access"] });
    await signIn(visitor);
    ahead = 1799;
    expect((await visitor.visit("/")).status).toBe(200);
    for (const later of [1801, 5000, 9000]) {
      ahead = later;
      expect(await visitor.visit("/notes?a=1")).toMatchObject({
        status: 302,
        location: "/notes?a=1",
      });
      expect((await visitor.visit("/notes?a=1")).status).toBe(200);
    }
    // What no page asks for cannot take a new cookie.
    ahead = 9000 + 3601;
    expect((await visitor.visit("/api", fetching)).status).toBe(401);
    expect((await visitor.visit("/")).location).toBe("/");
  });

  it("whose refresh token counts no longer begins anew", async () => {
    const visitor = siteWith({ scopes: ["openid", "offline_access"] });
    await signIn(visitor);
    provider.register({ redirectUri });
    ahead = 2000;
    expect((await visitor.visit("/")).location).toContain(`${provider.issuer}/auth?`);
  });

  it("goes at the sign-out, which leads to the provider's and back", async () => {
    const visitor = siteWith();
    await signIn(visitor);
    const { status, location = "" } = await visitor.visit("/_sign-in/out");
    const url = new URL(location);
    expect([status, url.origin]).toEqual([302, provider.issuer]);
    expect(url.searchParams.get("post_logout_redirect_uri")).toBe(`http://${host}/`);
    expect(visitor.cookies.size).toBe(0);
    expect((await visitor.visit("/")).status).toBe(302);
  });
});

describe("a session that is too long for a cookie", () => {
  it("goes without its refresh token, and the log tells of it", async () => {
    const { fetch } = globalThis;
    const spy = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).endsWith("/token")) return response;
      const grant = (await response.json()) as object;
      return Response.json({ ...grant, refresh_token: "r".repeat(4000) });
    });
    onTestFinished(() => spy.mockRestore());
    const visitor = siteWith({ scopes: ["openid", "offline_access"] });
    await signIn(visitor);
    expect((await visitor.visit("/")).status).toBe(200);
    expect(logged).toEqual([
      expect.stringMatching(/^The refresh token .* got a session of \d+ bytes/),
    ]);
    ahead = 2000;
    expect((await visitor.visit("/")).status).toBe(200);
    ahead = 3601;
    expect((await visitor.visit("/")).location).toContain(`${provider.issuer}/auth?`);
  });

  it("is refused where its claims alone are, and not begun again for ever", async () => {
    const visitor = siteWith();
    const { location = "" } = await visitor.visit("/");
    const back = await visitor.visit(await signInAt(location, "a".repeat(4000)));
    expect(back.status).toBe(403);
    expect(visitor.cookies.size).toBe(0);
  });
});

describe("while the provider is down", () => {
  it("a session ends at the sign-out all the same", async () => {
    const visitor = siteWith();
    await signIn(visitor);
    // The function starts anew, and does not know the provider yet.
    const fresh = siteWith();
    for (const [name, value] of visitor.cookies) fresh.cookies.set(name, value);
    provider.isDown = true;
    expect(await fresh.visit("/_sign-in/out")).toMatchObject({ status: 302, location: "/" });
    expect(fresh.cookies.size).toBe(0);
  });

  it("who is signed in stays so until the session ends, and others get 503", async () => {
    const visitor = siteWith({ scopes: ["openid", "offline_access"] });
    await signIn(visitor);
    provider.isDown = true;
    ahead = 2000;
    expect((await visitor.visit("/")).status).toBe(200);
    ahead = 3601;
    expect((await visitor.visit("/")).status).toBe(503);
    expect((await siteWith().visit("/")).status).toBe(503);
    expect(logged.length).toBeGreaterThan(0);
    provider.isDown = false;
    expect((await visitor.visit("/")).status).toBe(302);
  });
});
