import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureOf } from "../support/function-failures.ts";
import { distributionTemplate, originId } from "../support/distribution-template.ts";
import { runCommand } from "../support/run-command.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";
import { folderWith } from "../lambda-edge-fixtures.ts";

/** A function that does something for one path, and passes each request. */
const doing = (path: string, statements: string): string => `exports.handler = async (event) => {
  const { request } = event.Records[0].cf;
  if (request.uri === "${path}") { ${statements} }
  return request;
};`;

const files = { bad: "bad", good: "good" };

describe("a function that replaces what its thread works with", () => {
  it.each([
    [
      "views of memory",
      "for (const name of Object.getOwnPropertyNames(DataView.prototype)) { try { DataView.prototype[name] = () => 2e9; } catch {} }",
    ],
    [
      "typed arrays",
      "const all = Object.getPrototypeOf(Uint8Array); for (const name of ['subarray', 'set', 'fill', 'slice']) all.prototype[name] = () => [9e9]; globalThis.Int32Array = globalThis.Uint8Array = class {};",
    ],
    [
      "atomics",
      "for (const name of ['load', 'store', 'compareExchange', 'wait', 'notify']) Atomics[name] = () => 7e8;",
    ],
    [
      "texts in bytes",
      "TextEncoder.prototype.encodeInto = () => ({ read: 0, written: 1e9 }); globalThis.Buffer = undefined;",
    ],
    ["JSON", "JSON.parse = () => 1; JSON.stringify = () => 'rubbish';"],
    [
      "ports",
      "const { MessagePort } = require('node:worker_threads'); for (const name of ['postMessage', 'ref', 'unref']) MessagePort.prototype[name] = () => {};",
    ],
  ])("spoils nothing with %s of its own", async (_name, statements) => {
    const { get } = await startTestCloudFront({
      functions: { "viewer-request": doing("/bad", statements) },
      files,
    });
    expect([(await get("/bad")).body, (await get("/good")).body]).toEqual(["bad", "good"]);
  });

  it.each([
    ["an error without a text", "globalThis.String = () => 5; throw new Error('no');"],
    ["a measure that is no number", "Math.ceil = () => 'much';"],
    [
      "a flag that is none",
      "process.getActiveResourcesInfo = () => ({ length: { valueOf: () => { throw 1; } } });",
    ],
  ])("LE-C-19: fails alone with %s, and a fresh environment follows", async (_name, statements) => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: { "viewer-request": doing("/bad", statements) },
      files,
    });
    expect(await get("/bad")).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    expect(failureOf(cloudfront)).toBeDefined();
    expect(await get("/good")).toMatchObject({ status: 200, body: "good" });
  });

  it("LE-C-19: fails alone where it gets hold of its port", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "viewer-request": doing(
          "/bad",
          "for (const handle of process._getActiveHandles()) handle.postMessage?.({ kind: 'result' });",
        ),
      },
      files,
    });
    await get("/bad");
    expect(await get("/good")).toMatchObject({ status: 200, body: "good" });
  });
});

/** Ways to write to the descriptors of the server, by name. */
const writes: readonly (readonly [string, string])[] = [
  ["writeSync", "fs.writeSync(1, 'rubbish\\n'); fs.writeSync(1, Buffer.from('rubbish\\n'));"],
  ["write", "await new Promise((done) => fs.write(1, 'rubbish\\n', done));"],
  ["writevSync", "fs.writevSync(1, [Buffer.from('rub'), Buffer.from('bish\\n')]);"],
  ["writeFileSync", "fs.writeFileSync(1, 'rubbish\\n');"],
  ["writeFileSync by name", "fs.writeFileSync('/dev/stdout', 'rubbish\\n');"],
  ["appendFileSync by name", "fs.appendFileSync('/dev/fd/1', 'rubbish\\n');"],
  ["promises.writeFile", "await fs.promises.writeFile('/proc/self/fd/1', 'rubbish\\n');"],
  ["a descriptor of its name", "fs.writeSync(fs.openSync('/dev/stdout', 'w'), 'rubbish\\n');"],
  [
    "a stream, which it closes",
    "await new Promise((done) => fs.createWriteStream(null, { fd: 1 }).end('rubbish\\n', done));",
  ],
  ["closeSync", "fs.closeSync(1); fs.closeSync(2);"],
];

it("a function that writes to the descriptors of the server leaves its log whole", async () => {
  const paths = writes.flatMap((_, index) => [`${index}/bad`, `${index}/good`]);
  const folder = folderWith(Object.fromEntries(paths.map((path) => [path, path])));
  const cacheBehaviors = writes.map(([, statements], index) => {
    const source = `const fs = require("node:fs");\n${doing(`/${index}/bad`, statements)}`;
    return [`${index}/*`, { functions: { "viewer-request": source } }] as const;
  });
  const assembly = join(folder, "template.json");
  const distribution = { cacheBehaviors: Object.fromEntries(cacheBehaviors) };
  writeFileSync(assembly, JSON.stringify(distributionTemplate(distribution, "s3")));
  const origin = `${originId}=${folder}`;
  const { url, lines, line, end } = await runCommand([
    assembly,
    "--log",
    "json",
    "--origin",
    origin,
  ]);
  for (const [index, [name]] of writes.entries()) {
    await fetch(`${url}/${index}/bad`);
    await fetch(`${url}/${index}/good`);
    const logged = await line((text) => text.includes(`"/${index}/good"`));
    expect({ name, ...(JSON.parse(logged) as object) }).toMatchObject({ name, event: "request" });
    const events = lines.map((text) => (JSON.parse(text) as { event: string }).event);
    expect({ name, events }).toEqual({
      name,
      events: ["ready", ...Array<string>(2 * (index + 1)).fill("request")],
    });
  }
  await end();
  expect(lines).toHaveLength(1 + paths.length);
});
