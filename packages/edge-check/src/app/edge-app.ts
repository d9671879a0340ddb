import { type AssemblyStack, CloudAssemblyError, EvaluatedAssembly } from "cloud-assembly";
import { EdgeCheckError } from "../edge-check-error.ts";

/**
 * Evaluates the stacks of an app as far as they are known before a deployment: what only the
 * deployment knows, or what CloudFormation would refuse, is judged by no rule.
 *
 * @throws {EdgeCheckError} when the stacks cannot be read.
 */
export function edgeApp(readStacks: () => readonly AssemblyStack[]): EvaluatedAssembly {
  try {
    return new EvaluatedAssembly(readStacks(), { faults: "unknown" });
  } catch (error) {
    if (!(error instanceof CloudAssemblyError)) throw error;
    throw new EdgeCheckError(error.message, { cause: error });
  }
}
