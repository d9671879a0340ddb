import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { returning } from "../support/function-sources.ts";
import { requestHttp2 } from "../support/http2.ts";
import { accessLogFile, logOf } from "../support/access-log-file.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { connectRaw, sendRaw } from "../support/raw-connection.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const host = "Host: localhost\r\n";

describe("an access log", () => {
  it("CF-K-01, CF-K-13: has two header lines and 33 fields, none of them for functions", async () => {
    const accessLog = accessLogFile();
    const { cloudfront, get } = await startTestCloudFront({ options: { accessLog } });
    await get("/a.html");
    await cloudfront.close();
    const lines = readFileSync(accessLog, "utf8").split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe("#Version: 1.0");
    const fields = lines[1]?.split(" ") ?? [];
    expect(fields[0]).toBe("#Fields:");
    expect(fields.slice(1)).toHaveLength(33);
    expect(fields.slice(1)).toMatchInlineSnapshot(`
      [
        "date",
        "time",
        "x-edge-location",
        "sc-bytes",
        "c-ip",
        "cs-method",
        "cs(Host)",
        "cs-uri-stem",
        "sc-status",
        "cs(Referer)",
        "cs(User-Agent)",
        "cs-uri-query",
        "cs(Cookie)",
        "x-edge-result-type",
        "x-edge-request-id",
        "x-host-header",
        "cs-protocol",
        "cs-bytes",
        "time-taken",
        "x-forwarded-for",
        "ssl-protocol",
        "ssl-cipher",
        "x-edge-response-result-type",
        "cs-protocol-version",
        "fle-status",
        "fle-encrypted-fields",
        "c-port",
        "time-to-first-byte",
        "x-edge-detailed-result-type",
        "sc-content-type",
        "sc-content-len",
        "sc-range-start",
        "sc-range-end",
      ]
    `);
    expect(lines[2]?.split("\t")).toHaveLength(33);
  });

  it("CF-K-08, CF-K-06: says who came, what was asked, and what went back", async () => {
    const [entry] = await logOf(
      { server: respondsInTurn({ headers: { "content-type": "text/plain" }, body: "0123456789" }) },
      ({ cloudfront }) =>
        sendRaw(
          cloudfront.url,
          `GET /a/b.txt?c=1&d=%20 HTTP/1.1\r\nHost: localhost:8787\r\nUser-Agent: Probe/1.0 (test)\r\n` +
            "Referer: https://example.com/from\r\nX-Forwarded-For: 192.0.2.7\r\nCookie: a=b\r\n" +
            "Range: bytes=2-5\r\n\r\n",
        ),
    );
    expect(entry).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      time: expect.stringMatching(/^\d\d:\d\d:\d\d$/),
      "x-edge-location": expect.stringMatching(/^[A-Z]{3}\d+-[A-Z]\d+$/),
      "sc-bytes": expect.stringMatching(/^\d+$/),
      "c-ip": "127.0.0.1",
      "cs-method": "GET",
      "cs(Host)": expect.stringMatching(/^d\w+\.cloudfront\.net$/),
      "cs-uri-stem": "/a/b.txt",
      "sc-status": "206",
      "cs(Referer)": "https://example.com/from",
      "cs(User-Agent)": "Probe/1.0%20(test)",
      "cs-uri-query": "c=1&d=%2520",
      "cs(Cookie)": "-",
      "x-edge-result-type": "Miss",
      "x-edge-request-id": expect.stringMatching(/^[\w-]{54}==$/),
      "x-host-header": "localhost:8787",
      "cs-protocol": "https",
      "cs-bytes": expect.stringMatching(/^\d+$/),
      "time-taken": expect.stringMatching(/^\d+\.\d{3}$/),
      "x-forwarded-for": "192.0.2.7",
      "ssl-protocol": "-",
      "ssl-cipher": "-",
      "x-edge-response-result-type": "Miss",
      "cs-protocol-version": "HTTP/1.1",
      "fle-status": "-",
      "fle-encrypted-fields": "-",
      "c-port": expect.stringMatching(/^\d+$/),
      "time-to-first-byte": expect.stringMatching(/^\d+\.\d{3}$/),
      "x-edge-detailed-result-type": "Miss",
      "sc-content-type": "text/plain",
      "sc-content-len": "4",
      "sc-range-start": "2",
      "sc-range-end": "5",
    });
  });

  it("CF-K-06, CF-K-12: what there is nothing to say of is -", async () => {
    const [entry] = await logOf({}, ({ cloudfront }) =>
      sendRaw(cloudfront.url, `GET /a.html HTTP/1.1\r\n${host}\r\n`),
    );
    expect(Object.entries(entry ?? {}).flatMap(([name, value]) => (value === "-" ? [name] : [])))
      .toMatchInlineSnapshot(`
        [
          "cs(Referer)",
          "cs(User-Agent)",
          "cs-uri-query",
          "cs(Cookie)",
          "x-forwarded-for",
          "ssl-protocol",
          "ssl-cipher",
          "fle-status",
          "fle-encrypted-fields",
          "sc-range-start",
          "sc-range-end",
        ]
      `);
  });

  it("CF-K-06: its date and time are UTC, by the local CloudFront's clock", async () => {
    let dayAfterTomorrow = "";
    const [entry] = await logOf({}, async ({ cloudfront, get }) => {
      cloudfront.clock.advance(2 * 86_400);
      await get("/a.html");
      dayAfterTomorrow = new Date(cloudfront.clock.now()).toISOString().slice(0, 10);
    });
    expect(entry?.["date"]).toBe(dayAfterTomorrow);
  });

  it("CF-K-08: counts the bytes of both directions", async () => {
    const request = `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello`;
    let answered = 0;
    const [entry] = await logOf({ server: respondsInTurn({ body: "12345" }) }, async (started) => {
      const { socket, write, answer } = connectRaw(started.cloudfront.url);
      write(request);
      await answer();
      answered = socket.bytesRead;
    });
    expect(entry?.["cs-bytes"]).toBe(String(request.length));
    expect(entry?.["sc-bytes"]).toBe(String(answered));
  });

  it("CF-K-08: names TLS and HTTP/2 where the viewer used them", async () => {
    const [http2, http1] = await logOf(
      { distributionConfig: { HttpVersion: "http2" }, options: { https: true } },
      async ({ cloudfront }) => {
        await requestHttp2(cloudfront.url, { ":path": "/a.html" });
        const { default: https } = await import("node:https");
        await new Promise((resolve) =>
          https.get(`${cloudfront.url}/a.html`, { rejectUnauthorized: false }, (incoming) =>
            incoming.resume().on("end", resolve),
          ),
        );
      },
    );
    expect(http2).toMatchObject({
      "cs-protocol": "https",
      "cs-protocol-version": "HTTP/2.0",
      "ssl-protocol": "TLSv1.3",
      "ssl-cipher": expect.stringMatching(/^TLS_\w+$/),
    });
    expect(Number(http2?.["sc-bytes"])).toBeGreaterThan(Number(http2?.["sc-content-len"]));
    expect(http1).toMatchObject({ "cs-protocol-version": "HTTP/1.1", "ssl-protocol": "TLSv1.3" });
  });

  it("logs cookies where the distribution's logging includes them", async () => {
    const entries = await logOf(
      {
        distributionConfig: { Logging: { Bucket: "logs.s3.amazonaws.com", IncludeCookies: true } },
      },
      ({ get }) => get("/a.html", { cookie: 'a="b"; c=d' }),
    );
    expect(entries[0]?.["cs(Cookie)"]).toBe("a=%22b%22;%20c=d");
  });

  it("CF-K-07: x-edge-request-id is X-Amz-Cf-Id and the functions' requestId", async () => {
    const ids: unknown[] = [];
    const [entry] = await logOf(
      {
        functions: {
          "viewer-request": returning(
            `{ status: "200", body: event.Records[0].cf.config.requestId }`,
          ),
        },
      },
      async ({ get }) => {
        const { headers, body } = await get("/a");
        ids.push(headers["x-amz-cf-id"], body);
      },
    );
    expect(ids).toEqual([entry?.["x-edge-request-id"], entry?.["x-edge-request-id"]]);
  });

  it("goes on in a file that has lines already, without another header", async () => {
    const accessLog = accessLogFile();
    writeFileSync(accessLog, "#Version: 1.0\n#Fields: a\nb\n");
    const { cloudfront, get } = await startTestCloudFront({ options: { accessLog } });
    await get("/a.html");
    await cloudfront.close();
    const lines = readFileSync(accessLog, "utf8").trimEnd().split("\n");
    expect(lines.slice(0, 3)).toEqual(["#Version: 1.0", "#Fields: a", "b"]);
    expect(lines.slice(3).map((line) => line.split("\t").length)).toEqual([33]);
  });

  it("in a folder that does not exist is refused at start", async () => {
    const options = { accessLog: "/nowhere/access.log" };
    await expect(startTestCloudFront({ options })).rejects.toMatchInlineSnapshot(
      `[LocalCloudFrontError: Access log cannot be opened: got --access-log "/nowhere/access.log" (ENOENT). Pass a file in a folder that exists and may be written to.]`,
    );
  });
});
