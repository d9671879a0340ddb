import {
  type EvaluatedAssembly,
  isJsonObject,
  isKnown,
  listAt,
  type TemplateResource,
} from "cloud-assembly";
import { type CacheBehavior, cacheBehaviors } from "./app/cache-behaviors.ts";
import { functionCode } from "./app/function-code.ts";
import { handlerCode } from "./code/handler-code.ts";
import { parseScript } from "./code/syntax.ts";
import type { UnreadPart } from "./unread-parts.ts";

const cloudFrontFunction = "AWS::CloudFront::Function";
const elsewhere = "The function is not in the app: neither its settings nor its code are read.";

/** Returns the functions of cache behaviors, of either engine, whose settings or code no rule could judge. */
export function unreadFunctions(app: EvaluatedAssembly): readonly UnreadPart[] {
  const parts = [
    ...cacheBehaviors(app).flatMap((behavior) => [
      ...unreadLambdas(behavior),
      ...absentCloudFrontFunctions(app, behavior),
    ]),
    ...app.resourcesOfType(cloudFrontFunction).flatMap(unreadCloudFrontFunction),
  ];
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}

function unreadLambdas({ distribution, lambdas }: CacheBehavior): readonly UnreadPart[] {
  return lambdas.flatMap(({ function: named, property, eventType }) => {
    const lambda = named?.lambda;
    if (lambda === undefined) {
      const name = named?.name ?? `The function on ${eventType}`;
      return unread(distribution, `${property}.LambdaFunctionARN`, name, elsewhere);
    }
    const reason = unreadCode(lambda);
    if (reason === undefined) return [];
    return unread(lambda, "Properties.Code", lambda.logicalId, reason);
  });
}

/** Why no rule looked at what a function does; undefined where the rules did, or have found it missing. */
function unreadCode(lambda: TemplateResource): string | undefined {
  if (functionCode(lambda) === undefined) {
    return "The function's code is not on disk: it is not read.";
  }
  const code = handlerCode(lambda);
  if (code === undefined) {
    return "Handler and Runtime do not name a file of JavaScript or Python: its code is not read.";
  }
  const { fileName, exportName, program } = code.module;
  if (fileName === undefined || code.handler?.kind === "absent") return undefined;
  if (fileName.endsWith(".py")) {
    return `${fileName} is Python: only JavaScript is read, and here the name of the handler.`;
  }
  if (program === undefined) return `${fileName} is not JavaScript that can be parsed.`;
  if (code.use !== undefined) return undefined;
  return `What ${fileName} exports as ${exportName} is computed: what it does is not read.`;
}

function absentCloudFrontFunctions(
  app: EvaluatedAssembly,
  { distribution, config, property }: CacheBehavior,
): readonly UnreadPart[] {
  return listAt(config, "FunctionAssociations").flatMap((each, index) => {
    if (!isJsonObject(each)) return [];
    const { FunctionARN: arn, EventType: eventType } = each;
    if (app.resourceIn(String(arn), cloudFrontFunction) !== undefined) return [];
    const [, name = `The function on ${String(eventType)}`] =
      /:function\/([^/:]+)$/.exec(String(arn)) ?? [];
    return unread(
      distribution,
      `${property}.FunctionAssociations.${index}.FunctionARN`,
      name,
      elsewhere,
    );
  });
}

function unreadCloudFrontFunction(resource: TemplateResource): readonly UnreadPart[] {
  const code = resource.text("FunctionCode");
  const isRead = code !== undefined && (isKnown(code) || parseScript(code) !== undefined);
  if (isRead) return [];
  const reason = "Its code is known only once it is deployed: it is not read.";
  return unread(resource, "Properties.FunctionCode", resource.logicalId, reason);
}

function unread(
  { stack, logicalId }: TemplateResource,
  property: string,
  functionName: string,
  message: string,
): readonly UnreadPart[] {
  const subject = `Resources.${logicalId}.${property}`;
  return [{ stack: stack.name, subject, message, functionName, templateFile: stack.templateFile }];
}
