import type { CallExpression, NewExpression } from "acorn";
import { memberOf, type ScriptNames } from "./script-names.ts";
import { elementAttributeLoads, isLoadingAttribute } from "./element-attribute-loads.ts";
import { loadsElsewhere, loadsOf, type SiteLoad } from "./site-load.ts";

type Call = CallExpression | NewExpression;

/** What calls load, by the name of what is called. */
const directives: Readonly<Record<string, string>> = {
  fetch: "connect-src",
  EventSource: "connect-src",
  WebSocket: "connect-src",
  WebTransport: "connect-src",
  sendBeacon: "connect-src",
  Audio: "media-src",
  Worker: "worker-src",
  SharedWorker: "worker-src",
  importScripts: "script-src",
  addModule: "script-src",
};
/** Of HTTP clients, such as axios and Angular's: only with an address elsewhere is it clear what they do. */
const clientMethods =
  /^(?:get|post|put|patch|delete|head|options|request|ajax|create|load|loadSource|connect)$/i;

/**
 * Returns what a call loads.
 *
 * @param code The script, whose other parts say what some calls are for.
 */
export function callLoads(
  call: Call,
  names: ScriptNames,
  line: number,
  code: string,
): readonly SiteLoad[] {
  const { property, object } = memberOf(call.callee);
  const called = names.calledGlobal(call.callee);
  const name = called ?? (/^(?:sendBeacon|addModule)$/.test(property ?? "") ? property : undefined);
  const directive =
    name !== undefined && Object.hasOwn(directives, name) ? directives[name] : undefined;
  if (directive !== undefined) {
    if (name === "fetch" && isPreloadPolyfill(call, code)) return [];
    const does = `calls ${call.type === "NewExpression" ? "new " : ""}${name}`;
    return addressedLoads(names.argumentTexts(call, 0).map(addressOf(name)), directive, does, line);
  }
  const keyword = keywordLoad(call, called, names, line);
  if (keyword !== undefined) return [keyword];
  if (called === "FontFace") {
    const [, address = ""] =
      /url\(["']?([^"')]+)/.exec(names.argumentTexts(call, 1)[0] ?? "") ?? [];
    return loadsOf(address, { directive: "font-src", does: "calls new FontFace", line });
  }
  if (property === "register" && object === "serviceWorker") {
    return loadsOf("/", { directive: "worker-src", does: "registers a service worker", line });
  }
  return methodLoads(call, property, names, line);
}

function methodLoads(
  call: Call,
  method: string | undefined,
  names: ScriptNames,
  line: number,
): readonly SiteLoad[] {
  if (method === "setAttribute") {
    const { node } = memberOf(call.callee);
    const [attribute = ""] = names.argumentTexts(call, 0);
    return isLoadingAttribute(attribute)
      ? elementAttributeLoads(node, attribute, names.argumentTexts(call, 1), names, line)
      : [];
  }
  if (method === "open" && /^[A-Z]+$/.test(names.argumentTexts(call, 0)[0] ?? "")) {
    const addresses = names.argumentTexts(call, 1);
    return addressedLoads(addresses, "connect-src", "opens an XMLHttpRequest", line);
  }
  if (method === undefined || !clientMethods.test(method)) return [];
  const place = { directive: "connect-src", does: `calls ${method}`, line };
  return loadsElsewhere(names.argumentTexts(call, 0), place);
}

/** An address that cannot be read here is one of the site itself as often as not. */
function addressedLoads(
  addresses: readonly string[],
  directive: string,
  does: string,
  line: number,
): readonly SiteLoad[] {
  const known = addresses.length === 0 ? ["/"] : addresses;
  return known.flatMap((address) => loadsOf(address, { directive, does, line }));
}

/** What needs a keyword instead of an address. */
function keywordLoad(
  call: Call,
  called: string | undefined,
  names: ScriptNames,
  line: number,
): SiteLoad | undefined {
  const { property = "", object } = memberOf(call.callee);
  const first = () => names.argumentTexts(call, 0)[0] ?? "";
  if (called === "eval" || (called === "Function" && first() !== "return this")) {
    const does = called === "eval" ? "calls eval" : "makes a function of a text";
    return { directive: "script-src", source: "'unsafe-eval'", does, line };
  }
  if (object === "WebAssembly" && /^(?:compile|instantiate)/.test(property)) {
    const does = `calls WebAssembly.${property}`;
    return { directive: "script-src", source: "'wasm-unsafe-eval'", does, line };
  }
  if (property === "createElement" && first().toLowerCase() === "style") {
    const does = "writes style elements";
    return { directive: "style-src-elem", source: "'unsafe-inline'", does, line };
  }
  return undefined;
}

/** A socket's address may be written with http: too. */
function addressOf(name: string | undefined): (text: string) => string {
  return (text) => (name === "WebSocket" ? text.replace(/^http/i, "ws") : text);
}

/** What Vite writes for browsers without modulepreload, of which none is left that matters. */
function isPreloadPolyfill(call: Call, code: string): boolean {
  const [first] = call.arguments;
  return (
    first !== undefined && memberOf(first).property === "href" && code.includes("modulepreload")
  );
}
