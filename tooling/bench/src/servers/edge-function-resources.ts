/** Returns an edge function and its version, `<logicalId>Version`, as a template holds them. */
export function edgeFunctionResources(logicalId: string, source: string): Record<string, object> {
  return {
    [logicalId]: {
      Type: "AWS::Lambda::Function",
      Properties: {
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: "arn:aws:iam::123456789012:role/edge",
        Timeout: 1,
        MemorySize: 128,
        Code: { ZipFile: source },
      },
    },
    [`${logicalId}Version`]: {
      Type: "AWS::Lambda::Version",
      Properties: { FunctionName: { Ref: logicalId } },
    },
  };
}
