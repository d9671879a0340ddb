import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { changeRequest, passAll } from "../support/function-sources.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

/** A name that never resolves: https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
const unknownName = "nowhere.invalid";

describe("an origin whose name does not resolve", () => {
  it("LE-A-20: the viewer gets 502, and origin-request does not run", async () => {
    const { cloudfront, get, invoked, steps } = await startTestCloudFront({
      functions: passAll,
      distributionConfig: {
        Origins: [
          {
            Id: "origin",
            DomainName: unknownName,
            CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
          },
        ],
      },
      options: { origins: {} },
    });
    const answer = await get("/a");
    expect(answer).toMatchObject({ status: 502, xCache: "Error" });
    expect(answer.body).toContain("OriginDnsError");
    expect(invoked()).toEqual(["viewer-request"]);
    expect(steps()).toEqual([
      "cache-behavior",
      "viewer-request",
      "cache-miss",
      "skipped",
      "origin",
      "cache-store",
      "skipped",
    ]);
    expect(cloudfront.traces().at(-1)?.detailedResultType).toBe("OriginDnsError");
  });

  it("LE-A-21: a name that origin-request chose is resolved after it, once", async () => {
    const { cloudfront, get, invoked, received } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-request": changeRequest(`
          request.origin.custom.domainName = "${unknownName}";
          request.headers.host = [{ value: "${unknownName}" }];`),
      },
      server: (_, response) => {
        response.end("never asked");
      },
    });
    expect((await get("/a")).status).toBe(502);
    expect(invoked()).toEqual(["viewer-request", "origin-request"]);
    expect(cloudfront.traces().at(-1)?.detailedResultType).toBe("OriginDnsError");
    expect(received).toEqual([]);
  });

  it("LE-A-21: one that resolves is where the request goes", async () => {
    const hosts: string[] = [];
    const elsewhere = createServer((socket) => {
      socket.once("data", (chunk) => {
        hosts.push(/host: (.*)\r/i.exec(chunk.toString())?.[1] ?? "");
        socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nelsewhere");
      });
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const address = elsewhere.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const { get } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest(`
          Object.assign(request.origin.custom, { domainName: "localhost", port: ${port} });
          request.headers.host = [{ value: "localhost" }];`),
      },
      server: (_, response) => {
        response.end("never asked");
      },
    });
    const answer = await get("/a");
    elsewhere.close();
    expect(answer).toMatchObject({ status: 200, body: "elsewhere" });
    expect(hosts).toEqual(["localhost"]);
  });
});
