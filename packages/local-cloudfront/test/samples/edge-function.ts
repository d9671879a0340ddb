import type { TemplateChanges } from "./template.ts";

/** What a test changes in the function or in its association. */
export interface EdgeFunctionChanges {
  /** Properties of the function; undefined removes one. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Members of the function resource beside its properties. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Members of the association. */
  readonly association?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** Returns what adds one Lambda@Edge function on viewer-request to a template. */
export function withEdgeFunction(changes: EdgeFunctionChanges = {}): TemplateChanges {
  return {
    resources: {
      Rewrite: {
        Type: "AWS::Lambda::Function",
        ...changes.members,
        Properties: {
          Handler: "index.handler",
          Runtime: "nodejs24.x",
          Role: "arn:aws:iam::123456789012:role/edge",
          Code: { ZipFile: "exports.handler = async (event) => event.Records[0].cf.request;" },
          ...changes.properties,
        },
      },
      RewriteVersion: {
        Type: "AWS::Lambda::Version",
        Properties: { FunctionName: { Ref: "Rewrite" } },
      },
      ...changes.resources,
    },
    behavior: {
      LambdaFunctionAssociations: [
        {
          EventType: "viewer-request",
          LambdaFunctionARN: { Ref: "RewriteVersion" },
          ...changes.association,
        },
      ],
    },
  };
}
