import {
  type Node,
  type ParseError,
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { ImportedEntry, NoRedirect } from "./redirect-source.ts";

/** An element of a list in a JSON file, with the line on which it begins. */
export interface JsonElement {
  readonly line: number;
  readonly value: unknown;
}

/** A JSON file: the elements of one of its lists, and what else stands at its top. */
export interface JsonFile {
  readonly root: Node;
  readonly lineOf: (node: Node) => number;
}

/**
 * Returns a JSON file as a tree that knows its lines, or what is wrong with it. Comments and a comma too
 * many are read over.
 */
export function readJsonFile(text: string): JsonFile | { readonly problem: ImportedEntry } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const what = error === undefined ? "it is empty" : printParseErrorCode(error.error);
    return {
      problem: { line: lineAt(error?.offset ?? 0), message: `The file is not JSON: ${what}.` },
    };
  }
  return { root, lineOf: ({ offset }) => lineAt(offset) };
}

/** Returns the elements of the list at a path, or `undefined` where there is nothing. */
export function elementsAt(
  { root, lineOf }: JsonFile,
  path: readonly (string | number)[],
): readonly JsonElement[] | { readonly problem: ImportedEntry } | undefined {
  const list = path.length === 0 ? root : findNodeAtLocation(root, [...path]);
  if (list === undefined) return undefined;
  if (list.type !== "array") {
    const message = `${path.join(".") || "The file"} is not a list. Give a list of redirects.`;
    return { problem: { line: lineOf(list), message } };
  }
  return (list.children ?? []).map((node) => ({ line: lineOf(node), value: getNodeValue(node) }));
}

/** Returns what a file holds at one of these paths: lists by element, anything else but `false` as a whole. */
export function leftoversAt(
  file: JsonFile,
  path: readonly (string | number)[],
  owners: Readonly<Record<string, (got: string) => NoRedirect>>,
): readonly ImportedEntry[] {
  return Object.entries(owners).flatMap(([name, leftover]) => {
    const node = findNodeAtLocation(file.root, [...path, name]);
    if (node === undefined || node.value === false) return [];
    const nodes = node.type === "array" ? (node.children ?? []) : [node];
    return nodes.map((each) => ({
      line: file.lineOf(each),
      ...leftover(`got ${name} ${JSON.stringify(getNodeValue(each))}`),
    }));
  });
}

/** Returns an element as an object with no other keys than these, or what is wrong with it. */
export function recordOf(
  value: unknown,
  allowed: readonly string[],
): { readonly record: Readonly<Record<string, unknown>> } | { readonly message: string } {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return {
      message: `A redirect is not an object: got ${JSON.stringify(value)}. Give an object.`,
    };
  }
  const record = { ...value };
  for (const [name, each] of Object.entries(record)) {
    if (allowed.includes(name)) continue;
    return {
      message: `${name} is not supported: got ${JSON.stringify(each)}. Supported: ${allowed.join(", ")}.`,
    };
  }
  return { record };
}
