import { isNode, listOf, nameOf, nodesIn, propertiesOf, type SyntaxNode } from "./syntax.ts";
import type { Bindings } from "./bindings.ts";
import { ValueFlow, writtenProperty } from "./value-flow.ts";

/** What a function's code does with its event, as far as it is written out. */
export interface EventUse {
  /** Names of headers that it sets on the event's own request. */
  readonly requestHeaders: readonly string[];
  /** Names of headers that it sets on the event's own response. */
  readonly responseHeaders: readonly string[];
  /** The responses among its results that are written out. */
  readonly responses: readonly GeneratedResponse[];
  /** Each of its results is one of them. */
  readonly alwaysGenerates: boolean;
  /** It assigns all headers of the event's response anew. */
  readonly replacesHeaders: boolean;
  /** Fields that it assigns, as in `request.origin` and `response.status`. */
  readonly assigned: readonly string[];
  /** Fields that it reads, as in `request.body` and `config.eventType`. */
  readonly read: readonly string[];
  /** It does one thing for one event type, and another for another. */
  readonly branchesByEvent: boolean;
  /** It hands the event, or a part of it, to code that cannot be followed. */
  readonly sharesEvent: boolean;
}

/** A response as it is written out in the code. */
export interface GeneratedResponse {
  /** Undefined where it is computed. */
  readonly status: string | undefined;
  readonly headerNames: readonly string[];
  /** The body is a text, written out and not empty. */
  readonly hasBody: boolean;
  /** The body is an object or a list, written out. */
  readonly hasObjectBody: boolean;
  /** All its headers are written out. */
  readonly hasOwnHeaders: boolean;
}

/** Looks at what a handler does with its event, without running it. */
export function eventUse(program: SyntaxNode, handler: SyntaxNode, bindings: Bindings): EventUse {
  const flow = new ValueFlow(handler, bindings);
  const nodes = [...nodesIn(program)];
  const assignments = nodes.filter(({ type }) => type === "AssignmentExpression");
  const calls = nodes.filter(({ type }) => type === "CallExpression");
  const changes = changesIn(flow, assignments, calls, nodes);
  const results = flow.results();
  const responses = results.flatMap((value) =>
    value.kind === "node" ? (responseOf(flow, value.node, changes) ?? []) : [],
  );
  return {
    requestHeaders: headersSet(flow, "request.headers", assignments, calls, nodes),
    responseHeaders: headersSet(flow, "response.headers", assignments, calls, nodes),
    responses,
    alwaysGenerates: results.length > 0 && responses.length === results.length,
    replacesHeaders: assignments.some((node) => replacesHeaders(flow, node)),
    assigned: assignments.flatMap(({ left }) => flow.eventPath(left) ?? []),
    read: nodes.flatMap((node) => readOf(flow, node)),
    branchesByEvent: nodes.some((node) => branchesByEvent(flow, node)),
    sharesEvent: calls.some((call) => sharesEvent(flow, call)),
  };
}

/** What happens to objects that are written out, after they are written out. */
interface Changes {
  /** The fields of an object that are assigned later; undefined where code that is not known has it. */
  fieldsOf(object: SyntaxNode): ReadonlySet<string> | undefined;
  /** The names of properties that are deleted. */
  readonly deleted: ReadonlySet<string>;
}

function changesIn(
  flow: ValueFlow,
  assignments: readonly SyntaxNode[],
  calls: readonly SyntaxNode[],
  nodes: readonly SyntaxNode[],
): Changes {
  const fields = new Map<SyntaxNode, Set<string>>();
  for (const { left } of assignments) {
    if (!isNode(left, "MemberExpression")) continue;
    for (const object of literals(flow, left["object"])) {
      const names = fields.get(object) ?? new Set();
      fields.set(object, names.add(flow.memberName(left) ?? ""));
    }
  }
  const shared = new Set(
    calls
      .filter((call) => isForeign(flow, call))
      .flatMap((call) => listOf(call["arguments"]).flatMap((each) => literals(flow, each))),
  );
  return {
    fieldsOf: (object) => (shared.has(object) ? undefined : (fields.get(object) ?? new Set())),
    deleted: new Set(deletedNames(flow, nodes)),
  };
}

function literals(flow: ValueFlow, node: unknown): readonly SyntaxNode[] {
  return flow
    .valuesOf(node)
    .flatMap((value) =>
      value.kind === "node" && value.node.type === "ObjectExpression" ? value.node : [],
    );
}

function deletedNames(flow: ValueFlow, nodes: readonly SyntaxNode[]): readonly string[] {
  return nodes
    .filter((node) => node.type === "UnaryExpression" && node["operator"] === "delete")
    .flatMap(({ argument }) =>
      isNode(argument, "MemberExpression") ? (flow.memberName(argument) ?? []) : [],
    )
    .map((name) => name.toLowerCase());
}

/** What only looks at what it gets. */
const readers = ["console", "JSON", "Object", "Array", "Buffer"];

/** A call of what the program does not hold, and that could change what it gets. */
function isForeign(flow: ValueFlow, call: SyntaxNode): boolean {
  const { callee } = call;
  const root = isNode(callee, "MemberExpression") ? nameOf(callee["object"]) : undefined;
  return (
    !readers.includes(root ?? "") &&
    flow.calledBy(call).length === 0 &&
    !flow.callbackCalls().includes(call)
  );
}

/** The parts of an event by which a request or a response can be changed. */
const wholes = /^event(?:\.Records(?:\.0(?:\.cf(?:\.(?:request|response)(?:\.headers)?)?)?)?)?$/;

function sharesEvent(flow: ValueFlow, call: SyntaxNode): boolean {
  const isWhole = listOf(call["arguments"]).some((argument) =>
    flow.valuesOf(argument).some((value) => value.kind === "event" && wholes.test(value.path)),
  );
  return isWhole && isForeign(flow, call);
}

function branchesByEvent(flow: ValueFlow, node: SyntaxNode): boolean {
  if (flow.eventPath(node) === "config.eventType") return true;
  const { test } = node;
  return (
    isNode(test) &&
    [...nodesIn(test)].some((part) =>
      ["request.origin", "response"].includes(flow.eventPath(part) ?? askedFor(flow, part) ?? ""),
    )
  );
}

/** `"origin" in request` */
function askedFor(flow: ValueFlow, { operator, left, right }: SyntaxNode): string | undefined {
  const path = operator === "in" ? flow.eventPath(right) : undefined;
  const name = flow.textOf(left);
  if (path === undefined || name === undefined) return undefined;
  return path === "" ? name : `${path}.${name}`;
}

function headersSet(
  flow: ValueFlow,
  headers: "request.headers" | "response.headers",
  assignments: readonly SyntaxNode[],
  calls: readonly SyntaxNode[],
  nodes: readonly SyntaxNode[],
): readonly string[] {
  const one = assignments.flatMap(({ left, right }) =>
    isNode(left, "MemberExpression") &&
    flow.eventPath(left["object"]) === headers &&
    !isFromEvent(flow, right)
      ? (flow.memberName(left) ?? [])
      : [],
  );
  const all = assignments
    .filter(({ left }) => flow.eventPath(left) === headers)
    .flatMap(({ right }) => ownNames(flow, right));
  // Object.assign(request.headers, { … })
  const merged = calls.flatMap((call) => {
    const [target, ...sources] = listOf(call["arguments"]);
    const isAssign = nameOf(call["callee"]) === "assign" && flow.eventPath(target) === headers;
    return isAssign ? sources.flatMap((source) => ownNames(flow, source)) : [];
  });
  const deleted = new Set(deletedNames(flow, nodes));
  return [...one, ...all, ...merged].filter((name) => !deleted.has(name.toLowerCase()));
}

/** A header that keeps the value that it came with is not changed. */
function isFromEvent(flow: ValueFlow, node: unknown): boolean {
  return flow.valuesOf(node).some((value) => value.kind === "event");
}

function ownNames(flow: ValueFlow, object: unknown): readonly string[] {
  return propertiesOf(object)
    .filter((property) => !isFromEvent(flow, property["value"]))
    .flatMap((property) => nameOf(property) ?? []);
}

function replacesHeaders(flow: ValueFlow, { left, right, operator }: SyntaxNode): boolean {
  return (
    operator === "=" &&
    flow.eventPath(left) === "response.headers" &&
    isNode(right, "ObjectExpression") &&
    isWhole(right) &&
    !isGuarded(flow, right)
  );
}

/** `if (!response.headers) response.headers = {};` never happens. */
function isGuarded(flow: ValueFlow, node: SyntaxNode): boolean {
  for (let each = flow.bindings.parentOf(node); each; each = flow.bindings.parentOf(each)) {
    const test = each.type === "LogicalExpression" ? each["left"] : each["test"];
    if (!isNode(test)) continue;
    if ([...nodesIn(test)].some((part) => flow.eventPath(part) === "response.headers")) return true;
  }
  return false;
}

function readOf(flow: ValueFlow, node: SyntaxNode): string | readonly string[] {
  if (node.type === "MemberExpression") {
    const parent = flow.bindings.parentOf(node);
    const isTarget = isNode(parent, "AssignmentExpression") && parent["left"] === node;
    return isTarget ? [] : (flow.eventPath(node) ?? []);
  }
  if (!isNode(node, "VariableDeclarator") || !isNode(node["id"], "ObjectPattern")) return [];
  const path = flow.eventPath(node["init"]);
  if (path === undefined) return [];
  return listOf(node["id"]["properties"]).flatMap((each) => `${path}.${nameOf(each)}`);
}

function responseOf(
  flow: ValueFlow,
  node: SyntaxNode,
  changes: Changes,
): GeneratedResponse | undefined {
  const names = propertiesOf(node).map((each) => nameOf(each));
  if (!names.includes("status")) return undefined;
  const changed = changes.fieldsOf(node);
  const field = (name: string): SyntaxNode | undefined =>
    changed === undefined || changed.has(name) ? undefined : writtenProperty(node, name);
  const status = field("status");
  const bodies = literalsOrTexts(flow, field("body"));
  const headers = field("headers");
  const [written, ...others] = headers === undefined ? [] : literals(flow, headers);
  const added = (written && others.length === 0 && changes.fieldsOf(written)) || [];
  const headerNames = [...propertiesOf(written).flatMap((each) => nameOf(each) ?? []), ...added];
  return {
    status: status && flow.textOf(status),
    headerNames: headerNames.filter((name) => !changes.deleted.has(name.toLowerCase())),
    hasBody:
      bodies.length > 0 && bodies.every((body) => body.type === "Literal" && body["value"] !== ""),
    hasObjectBody: bodies.length > 0 && bodies.every((body) => body.type !== "Literal"),
    hasOwnHeaders: written !== undefined && isWhole(written),
  };
}

/** The texts, objects and lists that a value can be; none where it can be anything else. */
function literalsOrTexts(flow: ValueFlow, node: SyntaxNode | undefined): readonly SyntaxNode[] {
  const values = node === undefined ? [] : flow.valuesOf(node);
  const written = values.flatMap((value) => (value.kind === "node" ? value.node : []));
  return written.length === values.length ? written : [];
}

function isWhole(object: SyntaxNode): boolean {
  return listOf(object["properties"]).every(({ type }) => type !== "SpreadElement");
}
