/**
 * Returns the name of the log group to which all of a stack's functions on Lambda@Edge write, the same in each
 * region (CF-P-03): Lambda's own choice has one for each function, with another prefix.
 */
export function edgeLogGroup(stackName: string): string {
  return `/lambda-edge/${stackName}`;
}
