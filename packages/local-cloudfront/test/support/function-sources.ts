import type { TestDistribution, TestFunction, TestFunctions } from "./distribution-template.ts";

/** A request function that lets the request go on. */
export const passRequest = "exports.handler = async (event) => event.Records[0].cf.request;";

/** A response function that lets the response go on. */
export const passResponse = "exports.handler = async (event) => event.Records[0].cf.response;";

/** One function on all of the four event types. */
export function onAllEvents(source: string): TestFunctions {
  const one: TestFunction = { source };
  return {
    "viewer-request": one,
    "origin-request": one,
    "origin-response": one,
    "viewer-response": one,
  };
}

/** A function on all of the four event types that changes nothing. */
export const passAll: TestFunctions = onAllEvents(
  "exports.handler = async (event) => event.Records[0].cf.response ?? event.Records[0].cf.request;",
);

/** A request function that runs `statements` on `request` (with `config`), then lets it go on. */
export function changeRequest(statements: string): string {
  return `exports.handler = async (event) => {
    const { config, request } = event.Records[0].cf;
    ${statements}
    return request;
  };`;
}

/** A response function that runs `statements` on `response` (with `config` and `request`), then lets it go on. */
export function changeResponse(statements: string): string {
  return `exports.handler = async (event) => {
    const { config, request, response } = event.Records[0].cf;
    ${statements}
    return response;
  };`;
}

/** A function that returns the value of a JavaScript expression. */
export function returning(expression: string): string {
  return `exports.handler = async (event) => (${expression});`;
}

/** A function that returns the value of the JavaScript expression that the path of a request ends in. */
export const returningByPath = returning(`new Function(
  "event",
  "return (" + decodeURIComponent(event.Records[0].cf.request.uri.replace(/^.*\\//, "")) + ")",
)(event)`);

/** Cache behaviors with a function on a request event each, which does what the path says, in a folder of its name. */
export const returnByPath: NonNullable<TestDistribution["cacheBehaviors"]> = {
  "viewer-request/*": { functions: { "viewer-request": returningByPath } },
  "origin-request/*": { functions: { "origin-request": returningByPath } },
};

/** The path, in a folder, for which `returningByPath` returns the value of a JavaScript expression. */
export function pathReturning(folder: string, expression: string): string {
  return `/${folder}/${encodeURIComponent(expression)}`;
}

/** The path, in a folder, for which `returningByPath` runs `statements` on `request`, then lets it go on. */
export function pathChanging(folder: string, statements: string): string {
  const change = `((request) => { ${statements} return request; })(event.Records[0].cf.request)`;
  return pathReturning(folder, change);
}

/** A request function that answers with what it was given: the event, as JSON, in the body. */
export const answerWithEvent = `exports.handler = async (event) => ({
  status: "200",
  headers: { "cache-control": [{ value: "no-store" }] },
  body: JSON.stringify(event),
});`;

/** A response function that writes the event, as base64 of JSON, into the header \`x-event\`. */
export const headerWithEvent = `exports.handler = async (event) => {
  const { response } = event.Records[0].cf;
  const json = JSON.stringify(event);
  response.headers["x-event"] = [{ key: "X-Event", value: Buffer.from(json).toString("base64") }];
  return response;
};`;
