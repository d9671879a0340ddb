import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { viewerRequestEvent } from "edge-function-testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { audience, issuer, signingKey, type SigningKey } from "../../test/support/tokens.ts";
import { compileEdgeAuth } from "../compile/compile-edge-auth.ts";
import { createEdgeAuth } from "./edge-auth.ts";

const [first, second] = await Promise.all([
  signingKey("RS256", "first"),
  signingKey("ES256", "second"),
]);

/** An issuer on this machine. */
let published: readonly SigningKey[];
let status: number;
let requests: number;
let url: string;
const server = createServer((_, response) => {
  requests += 1;
  const body = JSON.stringify({
    keys: [{ kty: "oct", k: "x" }, ...published.map(({ jwk }) => jwk)],
  });
  response.writeHead(status).end(status === 200 ? body : "down");
});

beforeEach(async () => {
  [published, status, requests] = [[first], 200, 0];
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

function startedFunction() {
  let nowMs = Date.now();
  const handler = createEdgeAuth(
    compileEdgeAuth({
      publicPaths: ["/open"],
      rules: [{ token: { issuer, audience, jwksUrl: url, leewaySeconds: 600 } }],
    }),
    { clock: { now: () => nowMs } },
  );
  return {
    wait: (seconds: number) => {
      nowMs += seconds * 1000;
    },
    async ask(key: SigningKey | undefined, uri = "/") {
      const authorization = { key: "Authorization", value: `Bearer ${(await key?.sign()) ?? "x"}` };
      const result = await handler(
        viewerRequestEvent({ uri, headers: { authorization: [authorization] } }),
      );
      return result && "status" in result ? Number(result.status) : 200;
    },
  };
}

describe("keys of an issuer", () => {
  it("are fetched once, and not for paths that are open", async () => {
    const { ask } = startedFunction();
    expect(await ask(undefined, "/open")).toBe(200);
    expect(requests).toBe(0);
    expect([await ask(first), await ask(first)]).toEqual([200, 200]);
    expect(requests).toBe(1);
  });

  it("are fetched again for a token with a key that has come since, at most every 30 seconds", async () => {
    const { ask, wait } = startedFunction();
    expect([await ask(first), await ask(second)]).toEqual([200, 401]);
    published = [first, second];
    expect([await ask(second), requests]).toEqual([401, 1]);
    wait(31);
    expect([await ask(second), requests]).toEqual([200, 2]);
    expect([await ask(undefined), await ask(undefined), requests]).toEqual([401, 401, 2]);
  });

  it("that are withdrawn count for ten minutes at most", async () => {
    const { ask, wait } = startedFunction();
    expect(await ask(first)).toBe(200);
    published = [second];
    wait(599);
    expect(await ask(first)).toBe(200);
    wait(2);
    expect(await ask(first)).toBe(401);
  });

  it("go on to count while the issuer is down, which is asked again every 30 seconds", async () => {
    const { ask, wait } = startedFunction();
    expect(await ask(first)).toBe(200);
    status = 500;
    wait(601);
    expect([await ask(first), await ask(first), requests]).toEqual([200, 200, 2]);
    [status, published] = [200, [second]];
    wait(31);
    expect([await ask(first), requests]).toEqual([401, 3]);
  });

  it("that have never been fetched are 503", async () => {
    const { ask, wait } = startedFunction();
    status = 500;
    expect(await ask(first)).toBe(503);
    [status, published] = [200, []];
    wait(31);
    expect(await ask(first)).toBe(503);
    [status, published] = [200, [first]];
    wait(31);
    expect(await ask(first)).toBe(200);
  });
});
