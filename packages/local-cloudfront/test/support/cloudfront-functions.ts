import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "./start-test-cloudfront.ts";

/** What a test's CloudFront Functions are, by event type: the statements of a handler, or the whole code. */
export interface TestCloudFrontFunctions {
  readonly "viewer-request"?: string;
  readonly "viewer-response"?: string;
  /** @default "cloudfront-js-2.0" */
  readonly runtime?: string;
  /** The pairs of a key value store named `store`, which all of the functions have. */
  readonly keyValues?: Readonly<Record<string, string>>;
}

/** Starts a local CloudFront whose default cache behavior has CloudFront Functions. */
export function startWithFunctions(
  functions: TestCloudFrontFunctions,
  { properties, resources, options, ...rest }: TestCloudFrontOptions = {},
): Promise<TestCloudFront> {
  const { keyValues, runtime = "cloudfront-js-2.0" } = functions;
  const hasStore = keyValues !== undefined;
  const associated = (["viewer-request", "viewer-response"] as const).flatMap((eventType) => {
    const code = functions[eventType];
    if (code === undefined) return [];
    const logicalId = eventType === "viewer-request" ? "RequestFunction" : "ResponseFunction";
    return [{ eventType, logicalId, code: asCode(code) }];
  });
  return startTestCloudFront({
    ...rest,
    properties: {
      FunctionAssociations: associated.map(({ eventType, logicalId }) => ({
        EventType: eventType,
        FunctionARN: { "Fn::GetAtt": [logicalId, "FunctionARN"] },
      })),
      ...properties,
    },
    resources: {
      ...Object.fromEntries(
        associated.map(({ eventType, logicalId, code }) => [
          logicalId,
          cloudFrontFunction(eventType, code, runtime, hasStore),
        ]),
      ),
      ...(hasStore && {
        Store: { Type: "AWS::CloudFront::KeyValueStore", Properties: { Name: "store" } },
      }),
      ...resources,
    },
    options: {
      ...(hasStore && { keyValueStores: { store: writeKeyValues(keyValues) } }),
      ...options,
    },
  });
}

function asCode(code: string): string {
  return code.includes("handler") ? code : `function handler(event) {\n${code}\n}`;
}

function cloudFrontFunction(
  eventType: string,
  code: string,
  runtime: string,
  hasStore: boolean,
): Record<string, unknown> {
  return {
    Type: "AWS::CloudFront::Function",
    Properties: {
      Name: `on-${eventType}`,
      AutoPublish: true,
      FunctionCode: code,
      FunctionConfig: {
        Comment: "",
        Runtime: runtime,
        ...(hasStore && {
          KeyValueStoreAssociations: [{ KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } }],
        }),
      },
    },
  };
}

/** Writes pairs in the format that CloudFront imports, and returns the file; it goes with the test. */
export function writeKeyValues(pairs: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "key-values-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "store.json");
  const data = Object.entries(pairs).map(([key, value]) => ({ key, value }));
  writeFileSync(file, JSON.stringify({ data }));
  return file;
}
