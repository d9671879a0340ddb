import { type EvaluatedAssembly, isKnown, type TemplateResource } from "cloud-assembly";

/** The function that an ARN names, as far as the app knows it. */
export interface NamedFunction {
  /** How messages call it. */
  readonly name: string;
  /** Undefined for a function that the app does not hold. */
  readonly lambda: TemplateResource | undefined;
  /** What follows the function's name in the ARN: a number, `$LATEST`, an alias; empty where nothing does. */
  readonly qualifier: string;
  readonly region: string | undefined;
  /** The AWS::Lambda::Version, or the alias, whose Ref the ARN is. */
  readonly version: TemplateResource | undefined;
}

const functionType = "AWS::Lambda::Function";

/** What stands for the number that a version gets when it is published. */
const anyNumber = "1";

/**
 * Finds the function that the ARN of an association names.
 *
 * @param arn evaluated; it may hold marks.
 * @returns undefined where only the deployment knows the ARN.
 */
export function findFunction(app: EvaluatedAssembly, arn: string): NamedFunction | undefined {
  const version = app.resourceIn(arn, "AWS::Lambda::Version");
  const alias = app.resourceIn(arn, "AWS::Lambda::Alias");
  const lambda = app.resourceIn(arn, functionType);
  if (version !== undefined) {
    const ofVersion = lambda ?? functionNamed(app, version.text("FunctionName"));
    return named(ofVersion, anyNumber, version);
  }
  if (alias !== undefined) {
    const ofAlias = lambda ?? functionNamed(app, alias.text("FunctionName"));
    return named(ofAlias, alias.knownText("Name") ?? "alias", alias);
  }
  if (lambda === undefined) return literalFunction(app, arn);
  const [, last = ""] = /:([^:]*)$/.exec(arn) ?? [];
  const qualifier = app.resourceIn(last, functionType) === undefined ? last : "";
  return isKnown(qualifier) ? named(lambda, qualifier, undefined) : undefined;
}

function named(
  lambda: TemplateResource | undefined,
  qualifier: string,
  version: TemplateResource | undefined,
): NamedFunction {
  const home = lambda ?? version;
  const region = home?.stack.region;
  return { name: home?.logicalId ?? "function", lambda, qualifier, region, version };
}

/** `arn:aws:lambda:us-east-1:111122223333:function:name:7`, where the account may be left open. */
function literalFunction(app: EvaluatedAssembly, arn: string): NamedFunction | undefined {
  const [, region, name, qualifier = ""] =
    /^arn:[^:]+:lambda:([^:]+):[^:]*:function:([^:]+)(?::([^:]+))?$/.exec(arn) ?? [];
  if (region === undefined || name === undefined || !isKnown(name)) return undefined;
  const known = isKnown(region) ? region : undefined;
  const lambda = functionNamed(app, name);
  return { name, lambda, qualifier, region: known, version: undefined };
}

function functionNamed(
  app: EvaluatedAssembly,
  name: string | undefined,
): TemplateResource | undefined {
  return (
    app.resourceIn(name, functionType) ??
    app
      .resourcesOfType(functionType)
      .find((lambda) => name !== undefined && lambda.knownText("FunctionName") === name)
  );
}
