import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { HttpResponse } from "../http/http-message.ts";
import { sentBytes, viewerToNode } from "./viewer-to-node.ts";

/** What a viewer reads of a response, its head in bytes, and how many bytes were counted. */
async function exchange(answer: HttpResponse) {
  let counted = 0;
  const server = createServer((_, outgoing) => {
    counted = sentBytes(answer, viewerToNode(answer, outgoing));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const valueOf = (name: string): string => response.headers.get(name) ?? "";
  return { status: response.status, body: await response.text(), valueOf, counted };
}

const answer = (value: string): HttpResponse => ({
  status: 200,
  statusDescription: "OK",
  headers: {
    "x-plain": [{ key: "X-Plain", value: "plain" }],
    "x-value": [{ key: "X-Value", value }],
    "content-length": [{ key: "Content-Length", value: "4" }],
  },
  body: Buffer.from("body"),
});

it("characters that are no bytes go as UTF-8, and cost neither the response nor its other headers", async () => {
  const { status, body, valueOf, counted } = await exchange(answer("✓ done"));
  expect({ status, body, plain: valueOf("x-plain") }).toEqual({
    status: 200,
    body: "body",
    plain: "plain",
  });
  expect(Buffer.from(valueOf("x-value"), "latin1").toString("utf8")).toBe("✓ done");
  const ascii = await exchange(answer("xxx done"));
  expect(counted).toBe(ascii.counted);
});

it("bytes stay bytes", async () => {
  const { valueOf } = await exchange(answer("caf\u00e9"));
  expect(valueOf("x-value")).toBe("caf\u00e9");
});
