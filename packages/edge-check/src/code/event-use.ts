import { isNode, nameOf, nodesIn, propertiesOf, type SyntaxNode } from "./syntax.ts";

/** What a function's code does with its event, as far as it is written out. */
export interface EventUse {
  /** Names of headers that it sets on the event's own request or response. */
  readonly setHeaders: readonly string[];
  /** Object literals with a `status` and more: responses that it generates. */
  readonly responses: readonly GeneratedResponse[];
  /** It assigns all headers of a response anew. */
  readonly replacesHeaders: boolean;
  /** Fields of the response that it assigns, as in `status`. */
  readonly assignedOfResponse: readonly string[];
  /** Fields of the request that it reads, as in `body`. */
  readonly readOfRequest: readonly string[];
}

/** A response as it is written out in the code. */
export interface GeneratedResponse {
  /** Undefined where it is computed. */
  readonly status: string | undefined;
  readonly headerNames: readonly string[];
  readonly hasBody: boolean;
  /** The body is an object or a list, written out. */
  readonly hasObjectBody: boolean;
  /** It holds the headers of another response too. */
  readonly spreadsHeaders: boolean;
}

const requestNames = ["request", "req"];
const responseNames = ["response", "res", "resp"];

/** Looks at what the code of a function does, without running it. */
export function eventUse(program: SyntaxNode): EventUse {
  const nodes = [...nodesIn(program)];
  const targets = nodes
    .filter((node) => node.type === "AssignmentExpression")
    .map(({ left }) => left);
  const ofResponse = targets.filter((target) => isMemberOf(target, responseNames));
  return {
    setHeaders: targets.flatMap((target) => headerOf(target) ?? []),
    responses: nodes.flatMap((node) => responseOf(node) ?? []),
    replacesHeaders: nodes.some(replacesHeaders),
    assignedOfResponse: ofResponse.flatMap((target) => nameOf(target) ?? []),
    readOfRequest: nodes
      .filter((node) => isMemberOf(node, requestNames))
      .flatMap((node) => nameOf(node) ?? []),
  };
}

function isMemberOf(node: unknown, names: readonly string[]): node is SyntaxNode {
  return isNode(node, "MemberExpression") && names.includes(nameOf(node["object"]) ?? "");
}

/** `request.headers["x-a"] = …`, or `headers["x-a"] = …` where `headers` was taken out before. */
function headerOf(target: unknown): string | undefined {
  if (!isNode(target, "MemberExpression")) return undefined;
  const { object } = target;
  const isHeaders =
    nameOf(object) === "headers" &&
    (isNode(object, "Identifier") || isMemberOf(object, [...requestNames, ...responseNames]));
  return isHeaders ? nameOf(target) : undefined;
}

function replacesHeaders(node: SyntaxNode): boolean {
  const { left, right } = node;
  return (
    node.type === "AssignmentExpression" &&
    isMemberOf(left, responseNames) &&
    nameOf(left) === "headers" &&
    isNode(right, "ObjectExpression") &&
    !hasSpread(right)
  );
}

function responseOf(node: SyntaxNode): GeneratedResponse | undefined {
  const properties = new Map(propertiesOf(node).map((each) => [nameOf(each), each["value"]]));
  const status = properties.get("status");
  if (!properties.has("status") || properties.size < 2) return undefined;
  if (!["headers", "body", "statusDescription"].some((name) => properties.has(name))) {
    return undefined;
  }
  const headers = properties.get("headers");
  const body = properties.get("body");
  return {
    status: isNode(status, "Literal") ? String(status["value"]) : undefined,
    headerNames: propertiesOf(headers).flatMap((each) => nameOf(each) ?? []),
    hasBody: body !== undefined && !(isNode(body, "Literal") && body["value"] === ""),
    hasObjectBody: isNode(body, "ObjectExpression") || isNode(body, "ArrayExpression"),
    spreadsHeaders: !isNode(headers, "ObjectExpression") || hasSpread(headers),
  };
}

function hasSpread(node: SyntaxNode): boolean {
  const properties: unknown = node["properties"];
  return Array.isArray(properties) && properties.some((each) => isNode(each, "SpreadElement"));
}
