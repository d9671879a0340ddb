import { lambdaEdgeReader } from "edge-handler";
import { expect, it } from "vitest";
import { compileSpaRewrite } from "../compile/compile-spa-rewrite.ts";
import { decide } from "./decide.ts";
import { readySpaRewrite } from "./ready-spa-rewrite.ts";

const worst = [
  " ",
  ",",
  ";",
  "; q=0",
  "text/html",
  "text/html;",
  " ;",
  "*/*",
  "application/json",
  "%",
  "%2f",
  "/",
  "/.",
  ".",
];

/** What is quadratic takes a second each time: these would outlast the test. */
it.each(worst)("32 KB of %j in a header or a path are read in one pass", (text) => {
  const ready = readySpaRewrite(compileSpaRewrite({ mode: "fallback", trailingSlash: "add" }));
  const value = text.repeat(Math.ceil(32_768 / text.length));
  for (let time = 0; time < 50; time += 1) {
    for (const name of ["accept", "sec-fetch-dest", "sec-fetch-mode", "sec-purpose"]) {
      const headers = { [name]: [{ key: name, value }] };
      decide(ready, { method: "GET", uri: "/a", querystring: "", headers }, lambdaEdgeReader);
    }
    expect(
      decide(
        ready,
        { method: "GET", uri: `/${value}`, querystring: value, headers: {} },
        lambdaEdgeReader,
      ),
    ).toHaveProperty("kind");
  }
});
