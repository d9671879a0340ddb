import { type EvaluatedAssembly, readCloudAssembly, samTransform } from "cloud-assembly";
import { edgeApp } from "./app/edge-app.ts";
import { unreadFunctions } from "./unread-functions.ts";

/** A part of an app that no rule could judge. */
export interface UnreadPart {
  /** The name of the stack that it is in. */
  readonly stack: string;
  /** As in `Resources.Edge.Properties.Code`. */
  readonly subject: string;
  /** Why it is not read, in a sentence. */
  readonly message: string;
  /** How the function is called where the part is one; undefined for other parts of a template. */
  readonly functionName: string | undefined;
  /** Absolute path of the template. */
  readonly templateFile: string;
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
    ].map(({ subject, message }) => ({
      stack: source.name,
      subject,
      message,
      functionName: undefined,
      templateFile: source.templateFile,
    }));
  });
}
