import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Secrets } from "./secrets.ts";

/** Both services, on this machine. */
let awsEndpoint: string;
let status: number;
let asked: { readonly target: unknown; readonly authorization: unknown; readonly body: unknown }[];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    const { "x-amz-target": target, authorization } = request.headers;
    asked.push({ target, authorization, body: JSON.parse(body) as unknown });
    const isSecret = String(target).startsWith("secretsmanager");
    const found = isSecret ? { SecretString: "a" } : { Parameter: { Value: "b" } };
    response.writeHead(status).end(JSON.stringify(status === 200 ? found : { __type: "Denied" }));
  });
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  awsEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});
beforeEach(() => {
  [status, asked] = [200, []];
});

describe("a secret", () => {
  it("is read of Secrets Manager and of Systems Manager, with a signature for us-east-1", async () => {
    const secrets = new Secrets({ awsEndpoint });
    expect(await secrets.textOf({ secretId: "site/keys" })).toBe("a");
    expect(await secrets.textOf({ parameter: "/site/keys" })).toBe("b");
    expect(await secrets.textOf({ text: "c" })).toBe("c");
    const signed = (service: string) =>
      expect.stringMatching(
        new RegExp(
          `^AWS4-HMAC-SHA256 Credential=AKIATEST/\\d{8}/us-east-1/${service}/aws4_request,`,
        ),
      ) as unknown;
    expect(asked).toEqual([
      {
        target: "secretsmanager.GetSecretValue",
        authorization: signed("secretsmanager"),
        body: { SecretId: "site/keys" },
      },
      {
        target: "AmazonSSM.GetParameter",
        authorization: signed("ssm"),
        body: { Name: "/site/keys", WithDecryption: true },
      },
    ]);
  });

  it("is read again after ten minutes, and goes on to count while it cannot be", async () => {
    let nowMs = 0;
    const secrets = new Secrets({ awsEndpoint, clock: { now: () => nowMs } });
    const secret = { secretId: "site/keys" };
    await secrets.textOf(secret);
    nowMs = 599_000;
    await secrets.textOf(secret);
    expect(asked).toHaveLength(1);
    [nowMs, status] = [601_000, 400];
    expect(await secrets.textOf(secret)).toBe("a");
    expect(asked).toHaveLength(2);
  });

  it("that was never read is told of by its name", async () => {
    status = 400;
    await expect(new Secrets({ awsEndpoint }).textOf({ parameter: "/site/keys" })).rejects.toThrow(
      'ssm gives no {"parameter":"/site/keys"}: status 400',
    );
  });
});
