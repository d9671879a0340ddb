import { Names, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

/**
 * Returns a name for a function or a key value store, of at most 64 characters, that no other stack of the account
 * has: with the name of the stack in front, of which each stage has its own.
 */
export function nameInAccount(scope: Construct): string {
  const path = Names.uniqueResourceName(scope, { maxLength: 64, separator: "-" });
  const stack = Stack.of(scope).stackName;
  return path.startsWith(stack) ? path : `${stack}-${path}`.slice(0, 64);
}
