import { type EvaluatedAssembly, readCloudAssembly, samTransform } from "cloud-assembly";
import { cacheBehaviors } from "./app/cache-behaviors.ts";
import { edgeApp } from "./app/edge-app.ts";
import { functionCode } from "./app/function-code.ts";

/** A part of an app that no rule could judge. */
export interface UnreadPart {
  /** The name of the stack that it is in. */
  readonly stack: string;
  /** As in `Resources.Edge.Properties.Code`. */
  readonly subject: string;
  /** Why it is not read, in a sentence. */
  readonly message: string;
}

/** Macros whose work is done here. */
const knownTransforms = ["AWS::LanguageExtensions", samTransform];

/**
 * Returns what is not read of a cloud assembly (cdk.out) or of one template: no finding of
 * `checkAssembly` says anything of it.
 *
 * @param path of the folder or the file; a relative one starts at the working directory.
 * @throws {EdgeCheckError} when there is nothing, or something that is neither.
 */
export function unreadParts(path: string): readonly UnreadPart[] {
  return unreadPartsOf(edgeApp(() => readCloudAssembly(path).stacks));
}

/** Returns what was not read of an app: what is in it is neither right nor wrong. */
export function unreadPartsOf(app: EvaluatedAssembly): readonly UnreadPart[] {
  return [...unreadTemplates(app), ...unreadFunctions(app)];
}

function unreadTemplates(app: EvaluatedAssembly): readonly UnreadPart[] {
  return app.stacks.flatMap((stack) => {
    const { source, transforms, unexpandedBlocks } = stack;
    const nested = app.unreadNestedStacks().filter((resource) => resource.stack === source);
    return [
      ...source.warnings,
      ...transforms
        .filter((name) => !knownTransforms.includes(name))
        .map((name) => ({
          subject: "Transform",
          message: `Macro ${name} is not run: what it would make is not read.`,
        })),
      ...unexpandedBlocks.map((name) => ({
        subject: `Resources.${name}`,
        message: "It is not expanded: what it would make is not read.",
      })),
      ...nested.map(({ logicalId }) => ({
        subject: `Resources.${logicalId}`,
        message: "The template of this nested stack is not on disk: it is not read.",
      })),
    ].map((part) => ({ stack: source.name, ...part }));
  });
}

function unreadFunctions(app: EvaluatedAssembly): readonly UnreadPart[] {
  const parts = cacheBehaviors(app).flatMap(({ distribution, lambdas }) =>
    lambdas.flatMap(({ function: named, property }) => {
      const lambda = named?.lambda;
      if (lambda === undefined) {
        const { stack, logicalId } = distribution;
        const subject = `Resources.${logicalId}.${property}.LambdaFunctionARN`;
        const message =
          "The function is not in the app: neither its settings nor its code are read.";
        return { stack: stack.name, subject, message };
      }
      if (functionCode(lambda) !== undefined) return [];
      const { stack, logicalId } = lambda;
      const message = "The function's code is not on disk: it is not read.";
      return { stack: stack.name, subject: `Resources.${logicalId}.Properties.Code`, message };
    }),
  );
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}
