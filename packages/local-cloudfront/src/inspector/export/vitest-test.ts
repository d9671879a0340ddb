import { isAbsolute, relative } from "node:path";
import type { LocalCloudFrontOptions } from "../../local-cloudfront-options.ts";
import { masked } from "../../trace/mask-header-value.ts";
import type { FunctionStep, Trace } from "../../trace/trace.ts";
import { targetOf, type ExportedRequest } from "./exported-request.ts";
import { startOptionsOf } from "./start-options.ts";

/** Headers that `fetch` sets by itself, or that a browser sends for itself alone. */
const leftOut =
  /^(?:connection|content-length|expect|host|keep-alive|priority|sec-.*|te|transfer-encoding|upgrade.*)$/;

/**
 * Returns a test for vitest that sends a request again and expects what came of it. Where a cached object
 * was served, the test fetches it before.
 *
 * @param options with which the local CloudFront was started
 */
export function toVitestTest(request: ExportedRequest, options: LocalCloudFrontOptions): string {
  const { trace } = request;
  const { method, status } = trace;
  const target = targetOf(trace);
  const init = initOf(request);
  const fetched = `await cloudfront.fetch(${literal(target)}${init === "" ? "" : `, ${init}`})`;
  const start = { assembly: pathFromHere(options.assembly), port: 0, ...startOptionsOf(options) };
  return `import "local-cloudfront/vitest";
import { LocalCloudFront } from "local-cloudfront";
import { afterAll, beforeAll, expect, it } from "vitest";

let cloudfront: LocalCloudFront;

beforeAll(async () => {
${indented(`cloudfront = await LocalCloudFront.start(${literal(start)});`)}
});

afterAll(() => cloudfront.close());

it(${literal(`${method} ${target} responds with ${status}`)}, async () => {
${indented([...before(trace, fetched), ...remarksOf(request), `const response = ${fetched};`, ...expectationsOf(trace)].join("\n"))}
});
`;
}

/** Relative where it is below the working directory, so that the test runs on other machines, too. */
function pathFromHere(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") || isAbsolute(fromHere) ? path : fromHere.replaceAll("\\", "/");
}

/** What a request was served from has to be there first. */
function before({ steps }: Trace, fetched: string): readonly string[] {
  const isExpired = steps.some(({ step }) => step === "cache-expired");
  const isCached = steps.some(({ step }) => step === "cache-hit" || step === "collapsed");
  if (!isCached && !isExpired) return [];
  const found = steps.find((step) => step.step === "cache-expired");
  const seconds = found?.step === "cache-expired" ? found.lifetime.ttlSeconds + 1 : 0;
  return [
    "// So that it is in the cache.",
    `await (${fetched}).arrayBuffer();`,
    ...(isExpired ? [`cloudfront.clock.advance(${seconds});`] : []),
  ];
}

function initOf({ trace, requestBody }: ExportedRequest): string {
  const { method } = trace;
  const headers = Object.fromEntries(
    sentHeaders(trace).map(([name, values]) => [name, values.join(", ")]),
  );
  const parts = [
    ...(method === "GET" ? [] : [`method: ${literal(method)}`]),
    ...(Object.keys(headers).length === 0 ? [] : [`headers: ${literal(headers)}`]),
    ...(requestBody !== undefined && isWhole(requestBody) ? [`body: ${bodyOf(requestBody)}`] : []),
  ];
  return parts.length === 0 ? "" : `{\n${indented(`${parts.join(",\n")},`)}\n}`;
}

function sentHeaders({ request }: Trace): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(request.headers)
    .map(([name, lines]) => [name, lines.map(({ value }) => value)] as const)
    .filter(([name, values]) => !leftOut.test(name) && !values.some(isMasked));
}

function isMasked(value: string): boolean {
  return value.includes(masked);
}

type Body = NonNullable<ExportedRequest["requestBody"]>;

function isWhole({ shownBytes, totalBytes }: Body): boolean {
  return shownBytes === totalBytes;
}

function bodyOf({ text, base64 }: Body): string {
  return text === undefined ? `Buffer.from(${literal(base64)}, "base64")` : literal(text);
}

/** What the test cannot send as it was. */
function remarksOf({ trace, requestBody }: ExportedRequest): readonly string[] {
  const secrets = Object.entries(trace.request.headers)
    .filter(([, lines]) => lines.some(({ value }) => isMasked(value)))
    .map(([name]) => name);
  return [
    ...(secrets.length === 0
      ? []
      : [`// Left out, since they are secrets: ${secrets.join(", ")}.`]),
    ...(requestBody === undefined || isWhole(requestBody)
      ? []
      : [
          `// Left out: its body of ${requestBody.totalBytes} bytes, of which the beginning is kept.`,
        ]),
    ...(requestBody?.text !== undefined && isMasked(requestBody.text)
      ? ["// In the body, [masked] stands for a secret."]
      : []),
  ];
}

const cacheMatchers: Partial<Record<Trace["resultType"], string>> = {
  Hit: "toBeCacheHit",
  Miss: "toBeCacheMiss",
  RefreshHit: "toBeCacheRefreshHit",
};

function expectationsOf({
  status,
  resultType,
  request,
  response,
  steps,
}: Trace): readonly string[] {
  const functions = steps.filter((step): step is FunctionStep => "run" in step);
  const uri = functions.findLast(({ uriChange }) => uriChange !== undefined)?.uriChange?.after;
  const factIds = functions.flatMap(({ failure }) => failure?.factId ?? []);
  const location = response.headers["location"]?.[0]?.value;
  // The port is another one at each start.
  const host = request.headers["host"]?.[0]?.value ?? "";
  const matcher = cacheMatchers[resultType];
  const isStale = steps.some(({ step }) => step === "serve-stale");
  return [
    `expect(response.status).toBe(${status});`,
    ...(isStale
      ? []
      : [
          matcher === undefined
            ? `expect(response.headers.get("x-cache")).toBe(${literal(`${resultType} from cloudfront`)});`
            : `expect(response).${matcher}();`,
        ]),
    ...(location === undefined || isMasked(location) || location.includes(`//${host}`)
      ? []
      : [`expect(response.headers.get("location")).toBe(${literal(location)});`]),
    `expect(response).toHaveRun(${literal(functions.map(({ step }) => step))});`,
    ...(uri === undefined ? [] : [`expect(response).toHaveRewrittenUri(${literal(uri)});`]),
    ...factIds.map((factId) => `expect(response).toHaveFailedWith(${literal(factId)});`),
  ];
}

/** A value as JavaScript, as people write it: short lists and names without quotes. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) =>
      `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${literal(member)}`,
  );
  const line = `{ ${members.join(", ")} }`;
  if (members.length === 0) return "{}";
  return line.length <= 70 && !line.includes("\n")
    ? line
    : `{\n${indented(`${members.join(",\n")},`)}\n}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}
