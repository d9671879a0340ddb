import type { Clock } from "../clock.ts";
import type { S3Website, WebsiteRoutingRule } from "../distribution/origins.ts";
import type { MutableHeaders, HttpRequest, HttpResponse } from "../http/http-message.ts";
import type { BucketFolder } from "./bucket-folder.ts";
import { readObjectKey } from "./object-key.ts";
import { s3Errors, s3Headers, type S3Error } from "./s3-response.ts";

/** A request to a website endpoint. */
interface WebsiteRequest {
  readonly website: S3Website;
  /** Where redirects lead that name no host. */
  readonly host: string;
  readonly request: HttpRequest;
  /** The origin's path and the raw path of the request. */
  readonly path: string;
  readonly folder: BucketFolder;
  /** Gets requests for single objects. */
  readonly fetchObject: FetchObject;
  readonly clock: Clock;
}

/** Responds to a request for an object as the REST endpoint of the public bucket does. */
type FetchObject = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Responds to a request as the website endpoint of a bucket does: index documents, redirects, error
 * documents (CF-H-15).
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
 */
export async function fetchFromWebsite(asked: WebsiteRequest): Promise<HttpResponse> {
  const { website, request, path, folder, fetchObject } = asked;
  if (request.method !== "GET" && request.method !== "HEAD") {
    return errorPage(asked, s3Errors.methodNotAllowed, {});
  }
  const objectKey = readObjectKey(path);
  if (objectKey.kind === "invalid") return errorPage(asked, s3Errors.invalidUri, {});
  if (objectKey.kind === "too-long") return errorPage(asked, s3Errors.keyTooLong, {});
  const { key } = objectKey;
  const { redirectAll, indexDocument } = website;
  if (redirectAll !== undefined) {
    const { hostName, protocol } = redirectAll;
    return redirect(asked, 301, `${protocol ?? "http"}://${hostName}/${encodeKey(key)}`);
  }
  const early = routed(asked, key, undefined);
  if (early !== undefined) return early;
  const isFolder = key === "" || key.endsWith("/");
  const wanted = isFolder ? `${key}${indexDocument}` : key;
  const response = await fetchObject({ ...request, uri: `/${encodeKey(wanted)}` });
  const location = response.headers["x-amz-website-redirect-location"]?.[0]?.value;
  if (location !== undefined) return redirect(asked, 301, location);
  if (response.status !== 404 && response.status !== 403) return response;
  if (!isFolder && (await folder.readObject(`${key}/${indexDocument}`)) !== undefined) {
    return redirect(asked, 302, `/${encodeKey(key)}/`);
  }
  const late = routed(asked, key, response.status);
  if (late !== undefined) return late;
  const error = response.status === 404 ? s3Errors.noSuchKey : s3Errors.accessDenied;
  return (
    (await errorDocument(asked, error, fetchObject)) ?? errorPage(asked, error, { Key: wanted })
  );
}

/** The first rule whose condition holds decides; those on an error wait for it. */
function routed(
  asked: WebsiteRequest,
  key: string,
  status: number | undefined,
): HttpResponse | undefined {
  const rule = asked.website.routingRules.find(
    ({ keyPrefix, errorCode }) => key.startsWith(keyPrefix ?? "") && errorCode === status,
  );
  if (rule === undefined) return undefined;
  const { hostName = asked.host, protocol = "http", redirectCode } = rule;
  return redirect(asked, redirectCode, `${protocol}://${hostName}/${encodeKey(newKey(rule, key))}`);
}

function newKey(rule: WebsiteRoutingRule, key: string): string {
  if (rule.replaceKeyWith !== undefined) return rule.replaceKeyWith;
  if (rule.replaceKeyPrefixWith === undefined) return key;
  return rule.replaceKeyPrefixWith + key.slice((rule.keyPrefix ?? "").length);
}

async function errorDocument(
  { website, request }: WebsiteRequest,
  error: S3Error,
  fetchObject: FetchObject,
): Promise<HttpResponse | undefined> {
  if (website.errorDocument === undefined) return undefined;
  const headers = { ...request.headers };
  for (const name of ["range", "if-match", "if-none-match", "if-modified-since"]) {
    delete headers[name];
  }
  const uri = `/${encodeKey(website.errorDocument)}`;
  const response = await fetchObject({ ...request, headers, uri });
  if (response.status !== 200) return undefined;
  const { status, statusDescription } = error;
  return { ...response, status, statusDescription };
}

function redirect(asked: WebsiteRequest, status: number, location: string): HttpResponse {
  const headers = s3Headers(asked.clock.now());
  headers["location"] = [{ key: "Location", value: location }];
  headers["content-length"] = [{ key: "Content-Length", value: "0" }];
  const statusDescription = status === 302 ? "Moved Temporarily" : "Moved Permanently";
  return { status, statusDescription, headers, body: new Uint8Array() };
}

/** S3 describes errors of a website in HTML. */
function errorPage(
  { request, clock }: WebsiteRequest,
  { status, statusDescription, code, message }: S3Error,
  details: Readonly<Record<string, string>>,
): HttpResponse {
  const headers: MutableHeaders = s3Headers(clock.now());
  const title = `${status} ${statusDescription}`;
  const items = Object.entries({ Code: code, Message: message, ...details }).map(
    ([name, text]) => `<li>${name}: ${escapeHtml(text)}</li>\n`,
  );
  const html = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<ul>\n${items.join("")}</ul>\n<hr/>\n</body>\n</html>\n`;
  headers["content-type"] = [{ key: "Content-Type", value: "text/html; charset=utf-8" }];
  headers["content-length"] = [{ key: "Content-Length", value: String(Buffer.byteLength(html)) }];
  const body = request.method === "HEAD" ? new Uint8Array() : Buffer.from(html);
  return { status, statusDescription, headers, body };
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** Slashes stay: they part the segments of a path. */
function encodeKey(key: string): string {
  return key.split("/").map(encodeURIComponent).join("/");
}
