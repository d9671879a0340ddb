import type { AnyNode } from "acorn";
import { full } from "acorn-walk";
import { parseScript } from "cf-rules/syntax";
import { callLoads } from "./call-loads.ts";
import {
  elementAttributeLoads,
  isLoadingAttribute,
  sourceLoads,
} from "./element-attribute-loads.ts";
import { keyOf, memberOf, ScriptNames, writtenText } from "./script-names.ts";
import { type ReadHtml, textLoads } from "./text-loads.ts";
import { attributeDirective, loadsElsewhere, loadsOf, type SiteLoad } from "./site-load.ts";

/** In the options of HTTP, GraphQL and socket clients. */
const clientOptions = /^(?:base_?url|api_?url|endpoint|server_?url|uri|url|dsn)$/i;

/**
 * Returns what a script loads, as far as its text says: calls of the browser's own functions, with
 * addresses that are written in the script, or are made of what is written there.
 *
 * @param code A script or a module.
 * @param readHtml What pieces of HTML load that the script writes.
 * @param firstLine Of the script in its file.
 */
export function scriptLoads(code: string, readHtml: ReadHtml, firstLine = 1): readonly SiteLoad[] {
  const program = parseScript(code);
  if (program === undefined) return [];
  const names = new ScriptNames(program);
  const loads: SiteLoad[] = [];
  const named: SiteLoad[] = [];
  full(program, (each) => {
    const node = each as AnyNode;
    const line = firstLine + (node.loc?.start.line ?? 1) - 1;
    if (node.type === "CallExpression" || node.type === "NewExpression") {
      loads.push(...callLoads(node, names, line, code));
    } else if (node.type === "Literal" || node.type === "TemplateElement") {
      named.push(...textLoads(textIn(node), line, readHtml));
    } else loads.push(...loadsAt(node, names, line));
  });
  // A call says more than the address in it.
  const isSame = (one: SiteLoad) => (other: SiteLoad) =>
    one.directive === other.directive && one.source === other.source;
  return [...loads, ...named.filter((load) => !loads.some(isSame(load)))];
}

function loadsAt(node: AnyNode, names: ScriptNames, line: number): readonly SiteLoad[] {
  const importing = { directive: "script-src", does: "imports", line };
  switch (node.type) {
    case "ImportExpression":
      return loadsElsewhere(names.texts(node.source), importing);
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return node.source ? loadsElsewhere(names.texts(node.source), importing) : [];
    case "AssignmentExpression": {
      const { property = "", node: element } = memberOf(node.left);
      if (clientOptions.test(property)) {
        const place = { directive: "connect-src", does: `sets ${property}`, line };
        return loadsElsewhere(names.texts(node.right), place);
      }
      return isLoadingAttribute(property)
        ? elementAttributeLoads(element, property, names.texts(node.right), names, line)
        : [];
    }
    case "Property":
      return propertyLoads(keyOf(node.key) ?? "", node.value, names, line);
    case "ArrayExpression":
      return attributeListLoads(node.elements, names, line);
    default:
      return [];
  }
}

/** `jsx("img", { src: … })`, in whatever name a bundle gives to `jsx`; or the options of a client. */
function propertyLoads(
  key: string,
  value: AnyNode,
  names: ScriptNames,
  line: number,
): readonly SiteLoad[] {
  const call = names.callAround(value);
  if (call === undefined) return [];
  const [first] = call.arguments;
  const tag = first && writtenText(first);
  if (tag === undefined) {
    const place = { directive: "connect-src", does: `sets ${key}`, line };
    return clientOptions.test(key) ? loadsElsewhere(names.texts(value), place) : [];
  }
  const directive = attributeDirective(tag, key.toLowerCase());
  if (directive === undefined) return [];
  const place = { directive, does: `makes <${tag}>`, line };
  return names.texts(value).flatMap((address) => loadsOf(address, place));
}

/** `["src", "https://…"]`, as compiled templates have attributes. */
function attributeListLoads(
  elements: readonly (AnyNode | null)[],
  names: ScriptNames,
  line: number,
): readonly SiteLoad[] {
  return elements.flatMap((element, index) => {
    const next = elements[index + 1];
    return element && writtenText(element) === "src" && next
      ? sourceLoads(names.texts(next), line)
      : [];
  });
}

function textIn(node: AnyNode & { type: "Literal" | "TemplateElement" }): string {
  const value = node.type === "Literal" ? node.value : node.value.cooked;
  return typeof value === "string" ? value : "";
}
