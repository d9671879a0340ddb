import type { ControlTemplate, Part } from "./control-template.ts";

/** One deliberate mistake: a change to the template that has none. */
export interface Mistake {
  readonly ruleId: string;
  /** @default "error" */
  readonly severity?: "warning" | "info";
  /** Resource and property at which it is found. */
  readonly at: string;
  readonly make: (template: Parts) => void;
}

/** The template's parts that mistakes are made in. */
export class Parts {
  readonly template: ControlTemplate;
  /** Files beside the template, by their path. */
  readonly files: Record<string, string | Uint8Array> = {};

  constructor(template: ControlTemplate) {
    this.template = template;
  }

  properties(logicalId: string): Part {
    return this.template.Resources[logicalId]!.Properties;
  }

  get rewrite(): Part {
    return this.properties("Rewrite");
  }

  get config(): Part {
    return this.properties("Distribution")["DistributionConfig"];
  }

  get behavior(): Part {
    return this.config["DefaultCacheBehavior"];
  }

  get associations(): Part[] {
    return this.behavior["LambdaFunctionAssociations"];
  }

  add(logicalId: string, Type: string, Properties: Part): void {
    this.template.Resources[logicalId] = { Type, Properties };
  }

  /** The function on viewer-request, with the statements of an async handler. */
  viewerRequest(...statements: readonly string[]): void {
    this.rewrite["Code"]["ZipFile"] = handler(statements);
  }

  /** The function that is first on viewer-request, moved to another event type. */
  moved(eventType: string, ...statements: readonly string[]): void {
    this.associations.splice(0, this.associations.length, {
      ...this.associations[0],
      EventType: eventType,
    });
    this.viewerRequest(...statements);
  }

  cloudFrontFunction(code: string): void {
    this.add("Edge", "AWS::CloudFront::Function", {
      Name: "edge",
      AutoPublish: true,
      FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
      FunctionCode: code,
    });
  }

  /** What the CDK makes of a CloudFront Function for which no runtime is set. */
  ofCdk(logicalId: string): void {
    const resource = this.template.Resources[logicalId]!;
    resource.Metadata = { "aws:cdk:path": `Site/${logicalId}/Resource` };
    resource.Properties["FunctionConfig"]["Runtime"] = "cloudfront-js-1.0";
  }

  /** The only function of the default cache behavior, on viewer-response. */
  onViewerResponse(code: string): void {
    this.cloudFrontFunction(code);
    this.associations.splice(0);
    this.behavior["FunctionAssociations"] = [
      { EventType: "viewer-response", FunctionARN: { "Fn::GetAtt": ["Edge", "FunctionARN"] } },
    ];
  }

  /** A CloudFront Function with a key value store. */
  withStore(code: string): void {
    this.cloudFrontFunction(code);
    this.add("Store", "AWS::CloudFront::KeyValueStore", { Name: "store" });
    this.properties("Edge")["FunctionConfig"]["KeyValueStoreAssociations"] = [
      { KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } },
    ];
  }

  associateCloudFrontFunction(eventType: string): void {
    this.cloudFrontFunction("function handler(event) { return event.request; }");
    this.behavior["FunctionAssociations"] = [
      { EventType: eventType, FunctionARN: { "Fn::GetAtt": ["Edge", "FunctionARN"] } },
    ];
  }
}

function handler(statements: readonly string[]): string {
  const cf = "const { request, response } = event.Records[0].cf;";
  return ["exports.handler = async (event) => {", cf, ...statements, "};"].join("\n");
}
