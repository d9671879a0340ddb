import { describe, expect, it } from "vitest";
import { exportedHandler } from "./exported-handler.ts";
import { parseScript } from "./syntax.ts";

function kindOf(code: string): string {
  const program = parseScript(code);
  return program === undefined ? "no script" : exportedHandler(program, "handler").kind;
}

describe("a handler is found", () => {
  it.each([
    ["exports.handler = async (event) => event;"],
    ["module.exports.handler = function (event) {};"],
    ["const h = async () => {}; module.exports = { handler: h };"],
    ["function handler() {} module.exports = { handler };"],
    ["export const handler = async () => {};"],
    ["export async function handler() {}"],
    ["async function main() {} export { main as handler };"],
    // As esbuild bundles it, and as it does when it minifies.
    [
      "var src_exports = {}; __export(src_exports, { handler: () => handler }); module.exports = __toCommonJS(src_exports); async function handler() {}",
    ],
    [
      "var a=Object.defineProperty;var i={};p(i,{handler:()=>h});module.exports=c(i);var h=async e=>e;",
    ],
    // Made by a function of the file.
    ["const make = (options) => async (event) => event; exports.handler = make({});"],
    [
      "function make(options) { const ready = [options]; return async (event) => ready; } var h = make({}); exports.handler = h;",
    ],
    ["exports.handler = void 0; exports.handler = async () => {};"],
  ])("in %s", (code) => {
    expect(kindOf(code)).toBe("function");
  });
});

describe("a handler is missed", () => {
  it.each([
    ["exports.main = async () => {};"],
    ["export const main = async () => {};"],
    ["module.exports = { main() {} };"],
    ["const handler = async () => {};"],
  ])("in %s", (code) => {
    expect(kindOf(code)).toBe("absent");
  });
});

describe("nothing is claimed", () => {
  it.each([
    ["module.exports = require('./main');"],
    ["module.exports = { ...require('./main') };"],
    ["export * from './main.mjs';"],
    ["exports[name] = async () => {};"],
    ["exports.handler = wrap(async () => {});"],
    ["function make(a) { if (a) return () => 1; return () => 2; } exports.handler = make(1);"],
    ["function make() { return make(); } exports.handler = make();"],
    ["var a = b, b = a; exports.handler = a;"],
    ["Object.defineProperty(exports, 'handler', { get: () => main });"],
  ])("of %s", (code) => {
    expect(kindOf(code)).toBe("unknown");
  });

  it("of what is no script", () => {
    expect(kindOf("def handler(event):")).toBe("no script");
  });
});
