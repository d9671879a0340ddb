import { expect, it } from "vitest";
import { compileSpaRewrite } from "../compile/compile-spa-rewrite.ts";
import { createDecision } from "./decide-spa-rewrite.ts";

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
  const decide = createDecision(compileSpaRewrite({ mode: "fallback", trailingSlash: "add" }));
  const value = text.repeat(Math.ceil(32_768 / text.length));
  for (let time = 0; time < 50; time += 1) {
    for (const name of ["accept", "sec-fetch-dest", "sec-fetch-mode", "sec-purpose"]) {
      const headers = { [name]: [{ key: name, value }] };
      decide({ method: "GET", uri: "/a", querystring: "", headers });
    }
    expect(
      decide({ method: "GET", uri: `/${value}`, querystring: value, headers: {} }),
    ).toHaveProperty("kind");
  }
});
