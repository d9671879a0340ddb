import { existsSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { anyEvent, edgeFunction, folderWith } from "../../../test/lambda-edge-fixtures.ts";
import { systemClock } from "../../clock.ts";
import type { EdgeFunction } from "../../distribution/edge-functions.ts";
import { FunctionInvoker } from "./function-invoker.ts";
import { defaultFunctionLimits } from "../function-limits.ts";

/** Returns an invoker, and what its functions log, as it comes. */
function invoker(onLine: (line: string) => void = () => {}): FunctionInvoker {
  const made = new FunctionInvoker({
    clock: systemClock(),
    limits: defaultFunctionLimits,
    region: "us-east-1",
    isolation: "thread",
    credentials: undefined,
    onLog: ({ line }) => onLine(line),
  });
  onTestFinished(() => made.close());
  return made;
}

/** No request is under way while a function is replaced. */
const unused = Promise.resolve();

/** What a function returns, or that it fails. */
async function resultOf(functions: FunctionInvoker, used: EdgeFunction): Promise<string> {
  const invocation = await functions.invoke(used, anyEvent);
  return invocation.kind === "result" ? JSON.parse(invocation.result) : invocation.kind;
}

/** Counts its invocations, and says which version it is. */
const counting = (version: string) => `
  console.log("loaded " + ${JSON.stringify(version)});
  let count = 0;
  exports.handler = async () => ${JSON.stringify(version)} + ++count;`;

describe("a function that is prepared", () => {
  const source = `
    const { threadId } = require("node:worker_threads");
    console.log("loaded");
    exports.handler = async () => threadId;`;

  it("has a thread that has started before it is first invoked", async () => {
    const functions = invoker();
    const prepared = edgeFunction(source);
    functions.prepare([prepared]);
    const later = await resultOf(functions, edgeFunction(source, { memoryMb: 256 }));
    expect(Number(await resultOf(functions, prepared))).toBeLessThan(Number(later));
  });

  it("is not loaded before it is invoked", async () => {
    const lines: string[] = [];
    const functions = invoker((line) => lines.push(line));
    functions.prepare([edgeFunction(source)]);
    await resultOf(functions, edgeFunction(source, { memoryMb: 256 }));
    expect(lines).toHaveLength(1);
  });
});

describe("a function that takes the place of one that has run", () => {
  it("is loaded before anybody asks for it", async () => {
    const { promise: loaded, resolve } = Promise.withResolvers<void>();
    const functions = invoker((line) => {
      if (line.includes("loaded b")) resolve();
    });
    expect(await resultOf(functions, edgeFunction(counting("a")))).toBe("a1");
    const next = edgeFunction(counting("b"));
    functions.retain([next], unused);
    await loaded;
    expect(await resultOf(functions, next)).toBe("b1");
    expect(await resultOf(functions, next)).toBe("b2");
  });

  it("serves also where it comes while the one before is still loaded", async () => {
    const functions = invoker();
    await resultOf(functions, edgeFunction(counting("a")));
    for (const version of ["b", "c", "d"])
      functions.retain([edgeFunction(counting(version))], unused);
    expect(await resultOf(functions, edgeFunction(counting("d")))).toBe("d1");
  });

  it("is not served where its code cannot be loaded", async () => {
    const functions = invoker();
    await resultOf(functions, edgeFunction(counting("a")));
    const broken = edgeFunction("throw new Error('at load');");
    functions.retain([broken], unused);
    expect(await resultOf(functions, broken)).toBe("failure");
    const mended = edgeFunction(counting("b"));
    functions.retain([mended], unused);
    expect(await resultOf(functions, mended)).toBe("b1");
  });
});

describe("the code of a function that was replaced", () => {
  const telling = (version: string) =>
    edgeFunction(`exports.handler = async () => ${JSON.stringify(version)} && __dirname;`);

  it("stays as long as a request may invoke it, and is removed then", async () => {
    const functions = invoker();
    const before = telling("before");
    const folder = await resultOf(functions, before);
    const { promise, resolve } = Promise.withResolvers<void>();
    await functions.retain([telling("after")], promise);
    expect(await resultOf(functions, before)).toBe(folder);
    resolve();
    await expect.poll(() => existsSync(folder)).toBe(false);
  });

  it("stays where it has come back before that", async () => {
    const functions = invoker();
    const folder = await resultOf(functions, telling("a"));
    const { promise, resolve } = Promise.withResolvers<void>();
    const between = telling("b");
    await functions.retain([between], promise);
    const folderBetween = await resultOf(functions, between);
    await functions.retain([telling("a")], promise);
    resolve();
    await expect.poll(() => existsSync(folderBetween)).toBe(false);
    expect(await resultOf(functions, telling("a"))).toBe(folder);
  });
});

describe("a function that is the same", () => {
  /** A copy of the code in a folder of its own, with its source maps elsewhere. */
  const copied = (contentSha256: string, sourceMapFolder: string): EdgeFunction => {
    const path = folderWith({ "index.js": counting(contentSha256) });
    return edgeFunction({
      kind: "folder",
      path,
      sourceMapFolders: { "": sourceMapFolder },
      contentSha256,
    });
  };

  it("stays warm where its code lies elsewhere", async () => {
    const functions = invoker();
    const maps = folderWith({});
    await resultOf(functions, copied("a", maps));
    const moved = copied("a", maps);
    functions.retain([moved], unused);
    expect(await resultOf(functions, moved)).toBe("a2");
  });

  it("is another one where its content has changed", async () => {
    const functions = invoker();
    const maps = folderWith({});
    await resultOf(functions, copied("a", maps));
    const changed = copied("b", maps);
    functions.retain([changed], unused);
    expect(await resultOf(functions, changed)).toBe("b1");
  });
});
