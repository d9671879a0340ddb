import { readFileSync } from "node:fs";
import { cloudFrontFunctionQuotas } from "cf-rules";
import { checkCloudFrontJs, parseCloudFrontJs } from "cf-rules/cloudfront-js";
import type { EdgeFunctionMember } from "cf-types";
import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import {
  cloudFrontFunctionRuntimes,
  type CloudFrontFunctionResource,
  type KeyValueStoreResource,
} from "../distribution/cloudfront-functions.ts";
import { MissingFunctionError } from "./missing-function-error.ts";
import type { Resolution } from "./resolution.ts";
import { resolveKeyValueStore } from "./resolve-key-value-store.ts";

/**
 * Resolves the CloudFront Function that an association names by its ARN: one of the assembly, or one
 * whose code was passed in a file.
 *
 * @throws {CloudAssemblyError} when there is neither, or when CloudFront would refuse it.
 */
export function findCloudFrontFunction(
  arnProperty: TemplateProperty,
  resolution: Resolution,
): CloudFrontFunctionResource {
  const { resources, stack, functionCodes, cloudFrontFunctions } = resolution;
  const arn = arnProperty.string();
  const resource = resources.find(stack, "AWS::CloudFront::Function", arn);
  if (resource !== undefined) return resolveCloudFrontFunction(resource, arn, resolution);
  // What only the deployment knows reads `<Exported>`.
  const name = arn.slice(arn.lastIndexOf("/") + 1).replace(/^<(.*)>$/, "$1");
  const codeFile = functionCodes.get(arn) ?? functionCodes.get(name);
  if (codeFile === undefined) {
    throw new MissingFunctionError(arnProperty, {
      problem: "is the ARN of no CloudFront Function of the assembly",
      got: arn,
      code: `"${name}=FILE.js"`,
      otherwise: "put its AWS::CloudFront::Function into the same app or template",
    });
  }
  const known = cloudFrontFunctions.get(arn);
  if (known !== undefined) return known;
  const edgeFunction: CloudFrontFunctionResource = {
    kind: "cloudfront-function",
    logicalId: name,
    name,
    arn,
    runtime: "cloudfront-js-2.0",
    code: readFileSync(codeFile, "utf8"),
    codeFile,
    keyValueStores: [],
  };
  warnOfCode(edgeFunction, resolution);
  cloudFrontFunctions.set(arn, edgeFunction);
  return edgeFunction;
}

/** The key of a function's metadata under which an app names the packages that it is made of. */
const functionMetadataKey = "cf-edge:function";

function memberOf(member: TemplateProperty): EdgeFunctionMember {
  return {
    packageName: member.property("packageName").string(),
    version: member.property("version").string(),
  };
}

/**
 * Resolves a CloudFront Function; the same resource gives the same object.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html
 */
function resolveCloudFrontFunction(
  resource: TemplateResource,
  arn: string,
  resolution: Resolution,
): CloudFrontFunctionResource {
  const known = resolution.cloudFrontFunctions.get(arn);
  if (known !== undefined) return known;
  const { logicalId, properties } = resource;
  const config = properties.property("FunctionConfig");
  const runtime = config.property("Runtime").oneOf(cloudFrontFunctionRuntimes);
  const members = resource.metadata.property(functionMetadataKey).property("members").items();
  const edgeFunction: CloudFrontFunctionResource = {
    kind: "cloudfront-function",
    logicalId,
    ...(members.length > 0 && { members: members.map(memberOf) }),
    name: arn.slice(arn.lastIndexOf("/") + 1),
    arn,
    runtime,
    code: resolveCode(properties.property("FunctionCode")),
    codeFile: undefined,
    keyValueStores: resolveStores(
      config.property("KeyValueStoreAssociations"),
      runtime,
      resolution,
    ),
  };
  warnUnlessPublished(properties.property("AutoPublish"), resolution);
  warnOfCode(edgeFunction, resolution);
  resolution.cloudFrontFunctions.set(arn, edgeFunction);
  return edgeFunction;
}

function resolveCode(property: TemplateProperty): string {
  const code = property.knownString();
  const { maxCodeBytes } = cloudFrontFunctionQuotas;
  const bytes = Buffer.byteLength(code);
  if (bytes <= maxCodeBytes) return code;
  throw property.error(
    `has ${bytes} bytes, which CloudFront refuses (FunctionSizeLimitExceeded)`,
    `A CloudFront Function has at most ${maxCodeBytes} bytes: minify it, or move its data into a key value store.`,
    "FN-I-15",
  );
}

function resolveStores(
  associations: TemplateProperty,
  runtime: CloudFrontFunctionResource["runtime"],
  resolution: Resolution,
): readonly KeyValueStoreResource[] {
  const [first, second] = associations.items();
  if (first === undefined) return [];
  if (second !== undefined) {
    throw second
      .property("KeyValueStoreARN")
      .error(
        "is a second key value store",
        "A CloudFront Function has one: put all keys into it.",
        "FN-I-31",
      );
  }
  const arn = first.property("KeyValueStoreARN");
  if (runtime === "cloudfront-js-1.0") {
    throw arn.error(
      "needs a newer runtime",
      'Set FunctionConfig.Runtime to "cloudfront-js-2.0": cloudfront-js-1.0 has no key value stores.',
      "FN-I-46",
    );
  }
  return [resolveKeyValueStore(arn, resolution)];
}

/** Code is not refused when it is deployed: it fails for viewers (FN-I-26, FN-I-45). */
function warnOfCode(
  { logicalId, code, runtime }: CloudFrontFunctionResource,
  { warn }: Resolution,
): void {
  const { violation, absences } = checkCloudFrontJs(code, { runtime });
  const subject = `${logicalId}.FunctionCode`;
  if (violation !== undefined) {
    const { line, text, remedy, factId } = violation;
    warn(
      subject,
      `Line ${line}: ${text}. It does not run, so that its cache behaviors respond with 503 FunctionExecutionError, here as at CloudFront. ${remedy} (${factId})`,
    );
  }
  if (violation === undefined && !definesHandler(code, runtime)) {
    warn(
      subject,
      "It defines no function handler, so that its cache behaviors respond with 503 FunctionExecutionError, here as at CloudFront. Write function handler(event) { … } at the top level. (FN-I-17)",
    );
  }
  for (const { line, text, remedy, factId } of absences.filter(({ isCertain }) => isCertain)) {
    warn(subject, `Line ${line}: ${text}. ${remedy} (${factId})`);
  }
}

function definesHandler(code: string, runtime: CloudFrontFunctionResource["runtime"]): boolean {
  const parsed = parseCloudFrontJs(code, runtime);
  if (parsed.kind === "violation") return false;
  return parsed.program.body.some((node) => {
    if (node.type === "FunctionDeclaration") return node.id?.name === "handler";
    if (node.type === "VariableDeclaration") {
      return node.declarations.some(
        ({ id, init }) =>
          id.type === "Identifier" && id.name === "handler" && init?.type !== "Literal",
      );
    }
    return false;
  });
}

/** What CloudFormation leaves in the stage DEVELOPMENT can be associated with nothing. */
function warnUnlessPublished(autoPublish: TemplateProperty, resolution: Resolution): void {
  if (autoPublish.boolean(false)) return;
  resolution.warn(
    autoPublish.path,
    "It is not true: CloudFormation leaves the code in the stage DEVELOPMENT, and CloudFront runs what was published last, or refuses the association. The code of the template is run here. Set it to true (FN-I-28).",
  );
}
