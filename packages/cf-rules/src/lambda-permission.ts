/** Who does what with a function, or what an `AWS::Lambda::Permission` grants; undefined is not known, and holds. */
export interface LambdaPermission {
  /** As in `lambda:InvokeFunction`; granted, also `lambda:*` and `*`. */
  readonly action: string | undefined;
  /** As in `cloudfront.amazonaws.com`; `*` is everybody. */
  readonly principal: string | undefined;
}

/**
 * Says whether a permission lets somebody do something with its function. Actions compare without regard to case.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function isPermitted(asked: LambdaPermission, granted: LambdaPermission): boolean {
  const action = granted.action?.toLowerCase() ?? "*";
  const principal = granted.principal ?? "*";
  return (
    ["*", "lambda:*", asked.action?.toLowerCase()].includes(action) &&
    ["*", asked.principal].includes(principal)
  );
}
