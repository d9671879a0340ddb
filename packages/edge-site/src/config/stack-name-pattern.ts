/**
 * How a stack may be called, and the same in words.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html
 */
export const stackNamePattern = {
  pattern: /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  allowed: "1 to 128 letters, digits and hyphens, a letter first",
};
