/** What a value that only a deployment knows is the value of. */
export type UnknownKind =
  /** A resource's physical id (`Ref`), or one of its attributes (`Fn::GetAtt`). */
  | "attribute"
  /** A parameter without a value. */
  | "parameter"
  /** A parameter whose value lies in SSM. */
  | "ssm-parameter"
  /** What a stack outside the assembly exports (`Fn::ImportValue`). */
  | "export"
  /** As in `AWS::AccountId` of a stack whose app leaves it to the deployment. */
  | "pseudo-parameter"
  /** As in `{{resolve:ssm:/name}}`. */
  | "dynamic-reference"
  /** An intrinsic function that takes something unknown apart, or that cannot be evaluated. */
  | "expression";

/** A value that only a deployment knows: what it is, why it is not known, and where it is read. */
export interface UnknownValue {
  readonly kind: UnknownKind;
  /** As messages show it: `Rewrite.Arn`, the name of a parameter or an export, the reference itself. */
  readonly name: string;
  /** Where it is read first: logical id and property path, as in `Site.DistributionConfig.Comment`. */
  readonly path: string;
  /** Why it is not known: a sentence once it stands behind the path. */
  readonly reason: string;
  /** Of an expression: the text that it takes apart, with marks where that is not known. */
  readonly source?: string;
}

/** Whether no part of an evaluated text is left to the deployment. */
export function isKnown(text: string): boolean {
  return !/⟦\d+⟧/u.test(text);
}
