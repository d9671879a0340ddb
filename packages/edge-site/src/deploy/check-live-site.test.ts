import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkLiveSite } from "./check-live-site.ts";

let server: Server;
let url: string;
let status: number;
let policy: string;
let slept: number[];

const patience = () => ({
  attempts: 3,
  everySeconds: 5,
  sleep: async (seconds: number) => {
    slept.push(seconds);
    if (slept.length === 2) status = 302;
  },
});

beforeEach(async () => {
  slept = [];
  status = 302;
  policy = "default-src 'self'";
  server = createServer((_request, response) => {
    response
      .writeHead(status, {
        location: "/there",
        etag: '"1"',
        "content-security-policy": policy,
        "x-served-by": ["a", "b"],
      })
      .end("body");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => server.close());

describe("the live site", () => {
  const check = { uri: "/secret", status: 302, headers: { location: "/there", etag: "*" } };

  it("answers as it is expected to", async () => {
    await checkLiveSite(url, [check], patience());
    expect(slept).toEqual([]);
  });

  it("may have a policy as long as browsers take it, and a header more than once", async () => {
    policy =
      `script-src ${"'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' ".repeat(600)}`.trim();
    const headers = { "Content-Security-Policy": policy, "x-served-by": "a, b" };
    await checkLiveSite(url, [{ ...check, headers }], patience());
    expect(policy.length).toBeGreaterThan(32_000);
    expect(slept).toEqual([]);
  });

  it("is given time", async () => {
    status = 503;
    await checkLiveSite(url, [check], patience());
    expect(slept).toEqual([5, 5]);
  });

  it("is described where it differs for good", async () => {
    const other = { uri: "/secret", status: 200, headers: { location: "/elsewhere", age: "*" } };
    await expect(checkLiveSite(url, [other], patience())).rejects.toThrow(
      '/secret has status 302, not 200; /secret has location "/there", not "/elsewhere"; /secret has age null, not "*".',
    );
  });

  it("may not be reachable at all", async () => {
    server.close();
    server.closeAllConnections();
    await expect(checkLiveSite(url, [check], patience())).rejects.toThrow(/ECONNREFUSED/);
  });
});
