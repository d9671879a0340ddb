/** Returns the name of the stack's output that has the ARN of a key value store. */
export function storeArnOutput(logicalId: string): string {
  return `${logicalId}Arn`;
}
