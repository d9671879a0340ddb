import { cloudFrontFunctionQuotas } from "cf-rules";
import { type AwsResponse, errorResponse, jsonResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import { testAccount } from "./sts.ts";

/** A key value store. */
export interface TestKeyValueStore {
  readonly keyValues: Map<string, string>;
  /** Changes with each update. */
  version: number;
}

/** As templates call it. */
export const keyValueStoreType = "AWS::CloudFront::KeyValueStore";

/** Returns the ARN of a stack's key value store. */
export function keyValueStoreArn(stackName: string, logicalId: string): string {
  return `arn:aws:cloudfront::${testAccount}:key-value-store/${stackName}-${logicalId}`;
}

/** By ARN. */
export type TestKeyValueStores = Map<string, TestKeyValueStore>;

const { keyBytes, valueBytes, storeBytes } = cloudFrontFunctionQuotas.keyValueStore;
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores
const maxUpdateKeys = 50;
const maxUpdateBytes = 3 * 1024 ** 2;
const maxPageSize = 50;

/** Responds as the API of key value stores does. */
export function respondAsKeyValueStores(
  request: AwsRequest,
  stores: TestKeyValueStores,
): AwsResponse | undefined {
  const { method, path, query, headers } = request;
  const [, arn = "", rest = "", key] =
    /^\/key-value-stores\/(arn:[^/]+\/[^/]+)(\/keys(?:\/(.+))?)?$/.exec(path) ?? [];
  if (arn === "") return undefined;
  // The endpoint is the account's, and its requests are signed for all regions.
  if (!headers["host"]?.startsWith(`${testAccount}.`) || headers["x-amz-region-set"] !== "*") {
    const message = "Credential should be scoped to a valid region.";
    return errorResponse(request, 403, "InvalidSignatureException", message);
  }
  const store = stores.get(arn);
  if (store === undefined) {
    return errorResponse(request, 404, "ResourceNotFoundException", "No such key value store.");
  }
  if (method === "GET" && rest === "") return withVersion(store, describe(arn, store));
  if (method === "GET" && key !== undefined) return getKey(request, store, key);
  if (method === "GET") return listKeys(request, store, query);
  return method === "POST" && key === undefined ? updateKeys(request, store) : undefined;
}

function getKey(request: AwsRequest, { keyValues }: TestKeyValueStore, key: string): AwsResponse {
  const value = keyValues.get(key);
  if (value === undefined) {
    return errorResponse(request, 404, "ResourceNotFoundException", "Key was not found.");
  }
  const size = { ItemCount: keyValues.size, TotalSizeInBytes: bytesOf(keyValues) };
  return jsonResponse({ Key: key, Value: value, ...size });
}

function listKeys(request: AwsRequest, { keyValues }: TestKeyValueStore, query: URLSearchParams) {
  const pageSize = Number(query.get("MaxResults") ?? 10);
  if (!(pageSize >= 1 && pageSize <= maxPageSize)) {
    return errorResponse(request, 400, "ValidationException", "MaxResults is not from 1 to 50.");
  }
  const start = Number(query.get("NextToken") ?? 0);
  const items = [...keyValues].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const end = start + pageSize;
  return jsonResponse({
    Items: items.slice(start, end).map(([Key, Value]) => ({ Key, Value })),
    ...(end < items.length && { NextToken: String(end) }),
  });
}

interface KeyUpdate {
  readonly Puts?: readonly { readonly Key: string; readonly Value: string }[];
  readonly Deletes?: readonly { readonly Key: string }[];
}

/** All or nothing. */
function updateKeys(request: AwsRequest, store: TestKeyValueStore): AwsResponse {
  if (request.headers["if-match"] !== etagOf(store)) {
    return errorResponse(request, 409, "ConflictException", "The ETag is not the store's.");
  }
  const { Puts = [], Deletes = [] } = request.json as KeyUpdate;
  const count = Puts.length + Deletes.length;
  if (count === 0 || count > maxUpdateKeys || request.body.byteLength > maxUpdateBytes) {
    return errorResponse(request, 400, "ValidationException", `Got ${count} keys.`);
  }
  const next = new Map(store.keyValues);
  for (const { Key } of Deletes) {
    if (!next.delete(Key)) {
      return errorResponse(request, 404, "ResourceNotFoundException", `No key ${Key}.`);
    }
  }
  for (const { Key, Value } of Puts) next.set(Key, Value);
  const refusal = refusalOf(next);
  if (refusal !== undefined) {
    return errorResponse(request, 400, "ValidationException", refusal);
  }
  store.keyValues.clear();
  for (const [key, value] of next) store.keyValues.set(key, value);
  store.version += 1;
  return withVersion(
    store,
    jsonResponse({ ItemCount: next.size, TotalSizeInBytes: bytesOf(next) }),
  );
}

/** Returns why a store takes no such data. */
export function refusalOf(keyValues: ReadonlyMap<string, string>): string | undefined {
  const bytes = (text: string): number => Buffer.byteLength(text);
  const large = [...keyValues].find(
    ([key, value]) => key === "" || bytes(key) > keyBytes || bytes(value) > valueBytes,
  );
  if (large !== undefined) return `The key ${large[0]} or its value is too large.`;
  return bytesOf(keyValues) > storeBytes ? "The store is too large." : undefined;
}

function bytesOf(keyValues: ReadonlyMap<string, string>): number {
  return [...keyValues].flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function describe(arn: string, { keyValues }: TestKeyValueStore): AwsResponse {
  const size = { ItemCount: keyValues.size, TotalSizeInBytes: bytesOf(keyValues) };
  return jsonResponse({ ...size, KvsARN: arn, Created: 0, LastModified: 0, Status: "READY" });
}

function withVersion(store: TestKeyValueStore, response: AwsResponse): AwsResponse {
  return { ...response, headers: { ...response.headers, etag: etagOf(store) } };
}

function etagOf({ version }: TestKeyValueStore): string {
  return `KV${version}`;
}
