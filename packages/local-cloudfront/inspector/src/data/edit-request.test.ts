import { expect, it } from "vitest";
import type { Trace } from "../../../src/trace/trace.ts";
import { editsOf, fieldsOf } from "./edit-request.ts";

it("a request that is not edited stays as it is", () => {
  const request = {
    method: "GET",
    uri: "/a",
    querystring: "b=c:d",
    headers: {
      host: [{ key: "Host", value: "127.0.0.1:8787" }],
      "x-a": [
        { key: "X-A", value: "1" },
        { key: "x-a", value: "" },
      ],
    },
  };
  const fields = fieldsOf({ request } as unknown as Trace);
  expect(fields).toEqual({
    method: "GET",
    path: "/a?b=c:d",
    headers: "Host: 127.0.0.1:8787\nX-A: 1\nx-a: ",
  });
  expect(editsOf(fields)).toEqual({
    method: "GET",
    path: "/a?b=c:d",
    headers: [
      ["Host", "127.0.0.1:8787"],
      ["X-A", "1"],
      ["x-a", ""],
    ],
  });
});

it("names the line that is no header", () => {
  const fields = { method: "GET", path: "/", headers: "Accept: */*\n\nnonsense" };
  expect(editsOf(fields)).toEqual({ notAHeader: "nonsense" });
});
