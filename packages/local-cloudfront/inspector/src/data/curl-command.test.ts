import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import type { TracedRequest } from "../../../src/trace/trace.ts";
import { curlCommand } from "./curl-command.ts";

const request = (change: Partial<TracedRequest>): TracedRequest => ({
  method: "GET",
  uri: "/a",
  querystring: "",
  headers: {},
  bodyBytes: 0,
  ...change,
});

/** What a shell would hand over to curl. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${command}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

const usual = ["-i", "--globoff", "--path-as-is"];

it("a request is sent again with its headers but those that curl writes", () => {
  const command = curlCommand(
    "http://127.0.0.1:8787",
    request({
      uri: "/notes/1",
      querystring: "v=1",
      headers: {
        host: [{ key: "Host", value: "127.0.0.1:8787" }],
        "accept-encoding": [{ key: "Accept-Encoding", value: "gzip" }],
        "x-a": [
          { key: "X-A", value: "1" },
          { key: "X-A", value: "" },
        ],
      },
    }),
  );
  expect(argumentsOf(command)).toEqual([
    ...usual,
    "http://127.0.0.1:8787/notes/1?v=1",
    "--compressed",
    "-H",
    "X-A: 1",
    "-H",
    "X-A;",
  ]);
});

it.each([
  ["POST", ["-X", "POST"]],
  ["HEAD", ["--head"]],
])("%s is sent as it was", (method, expected) => {
  const command = curlCommand("http://127.0.0.1:1", request({ method }));
  expect(argumentsOf(command)).toEqual([...usual, "http://127.0.0.1:1/a", ...expected]);
});

it("a body is sent as it was", () => {
  const command = curlCommand("http://127.0.0.1:1", request({ method: "POST" }), "@it's\n{}");
  const sent = ["-X", "POST", "--data-raw", "@it's\n{}"];
  expect(argumentsOf(command)).toEqual([...usual, "http://127.0.0.1:1/a", ...sent]);
});

it("what is special to a shell is a text like any other", () => {
  const uri = "/'$(touch x)`id`\";&|\\\n";
  const command = curlCommand(
    "https://127.0.0.1:1",
    request({ uri, headers: { "x-a": [{ key: "X-A", value: "it's $HOME" }] } }),
  );
  expect(argumentsOf(command)).toEqual([
    ...usual,
    `https://127.0.0.1:1${uri}`,
    "--insecure",
    "-H",
    "X-A: it's $HOME",
  ]);
});
