import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

function logOf(logEvery: number, uris: readonly string[]): readonly string[] {
  const program = `
    import { compileSpaRewrite, createSpaRewrite } from ${JSON.stringify(`${import.meta.dirname}/../dist/index.js`)};
    const handler = createSpaRewrite(compileSpaRewrite({ routes: ["/notes/:id"], logEvery: ${logEvery} }));
    for (const uri of ${JSON.stringify(uris)}) {
      await handler({ Records: [{ cf: { request: { method: "GET", uri, querystring: "secret=1", headers: {} } } }] });
    }`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  return stdout.split("\n").filter((line) => line !== "");
}

const uris = ["/notes/1", "/x", "/notes/2", "/notes/3"];

it("nothing is logged unless it is asked for", () => {
  expect(logOf(0, uris)).toEqual([]);
});

it("one of so many decisions is logged, beginning with the first, without the query string", () => {
  expect(logOf(2, uris)).toEqual([
    '{"spaRewrite":"/notes/1","uri":"/index.html"}',
    '{"spaRewrite":"/notes/2","uri":"/index.html"}',
  ]);
  expect(logOf(1, uris)[1]).toBe('{"spaRewrite":"/x"}');
});
