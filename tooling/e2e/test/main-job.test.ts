import { LocalCloudFront } from "local-cloudfront";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assemblyOn, engines } from "../src/engines.ts";

const securityHeaders = {
  "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
  "content-security-policy":
    "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-xss-protection": "1; mode=block",
  "referrer-policy": "same-origin",
  server: "Erlang on Eels",
};

describe.each(engines)("the main job, with %s", (engine) => {
  let cloudfront: LocalCloudFront;

  beforeAll(async () => {
    cloudfront = await LocalCloudFront.start({ assembly: assemblyOn(engine), port: 0 });
  });

  afterAll(() => cloudfront.close());

  describe("spa-rewrite", () => {
    it.each(["/", "/notes/1", "/notes/1/edit", "/notes/42", "/notes/42/edit?from=list"])(
      "%s is answered with the page",
      async (path) => {
        const response = await cloudfront.fetch(path);
        expect(response.status).toBe(200);
        expect(response.headers.get("content-type")).toMatch(/^text\/html/);
        expect(await response.text()).toContain("<!doctype html>");
      },
    );

    it.each([
      "/notes/abc",
      "/x/notes/1",
      "/notes/1/edit/x",
      "/api/notes/1.json",
      "/notes/1/photo.jpg",
    ])("%s is not", async (path) => {
      const response = await cloudfront.fetch(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("No such page");
    });
  });

  describe("security-headers", () => {
    it.each(["/", "/notes/1"])("%s carries all seven headers", async (path) => {
      const response = await cloudfront.fetch(path);
      const received = Object.fromEntries(
        Object.keys(securityHeaders).map((name) => [name, response.headers.get(name)]),
      );
      expect(received).toEqual(securityHeaders);
    });

    it("the page's scripts and styles carry all seven headers, and are cached for long", async () => {
      const page = await (await cloudfront.fetch("/")).text();
      const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
        ([, path = ""]) => path,
      );
      expect(assets.length).toBeGreaterThan(1);
      for (const path of assets) {
        const { status, headers } = await cloudfront.fetch(path);
        expect({ path, status }).toEqual({ path, status: 200 });
        expect(headers.get("content-security-policy")).toBe(
          securityHeaders["content-security-policy"],
        );
        expect(headers.get("server")).toBe(securityHeaders.server);
        expect(headers.get("cache-control")).toMatch(/max-age=31536000.*immutable/);
      }
    });
  });

  describe("secret-redirect", () => {
    it("/secret answers 302 Found with a Location", async () => {
      const response = await cloudfront.fetch("/secret");
      expect(response.status).toBe(302);
      expect(response.statusText).toBe("Found");
      expect(new URL(response.headers.get("location") ?? "").protocol).toBe("https:");
    });

    it("so does the same path in a disguise", async () => {
      for (const path of ["/secret/", "/%73ecret", "/secret//"]) {
        expect((await cloudfront.fetch(path)).status).toBe(302);
      }
    });

    it("/secrets, /secret/x and /a/secret do not", async () => {
      for (const path of ["/secrets", "/secret/x", "/a/secret"]) {
        expect((await cloudfront.fetch(path)).status).toBe(404);
      }
    });
  });

  describe("the cache", () => {
    it("LE-A-03: the second route is a hit on the page that the first one stored", async () => {
      await cloudfront.invalidate(["/*"]);
      const first = await cloudfront.fetch("/notes/7");
      const second = await cloudfront.fetch("/notes/8/edit");
      expect(first).toBeCacheMiss();
      expect(first).toHaveRun(["viewer-request", "origin-request", "viewer-response"]);
      expect(second).toBeCacheHit();
      expect(second).toHaveRewrittenUri("/index.html");
      expect(second).toHaveRun(["viewer-request", "viewer-response"]);
    });
  });
});
