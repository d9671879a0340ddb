/**
 * Returns the name of the log group to which all of a stack's functions on Lambda@Edge write, the same in each
 * region (CF-P-03): Lambda's own choice has one for each function, with another prefix.
 */
export function edgeLogGroup(stackName: string): string {
  return `/lambda-edge/${stackName}`;
}

/**
 * Returns the name of the log group to which CloudFront writes, in the region in which a function on Lambda@Edge ran,
 * why its response is not valid (LE-F-20).
 */
export function validationLogGroup(distributionId: string): string {
  return `/aws/cloudfront/LambdaEdge/${distributionId}`;
}

/** Returns the name of the log group to which a CloudFront Function writes, in us-east-1 alone. */
export function scriptLogGroup(functionName: string): string {
  return `/aws/cloudfront/function/${functionName}`;
}
