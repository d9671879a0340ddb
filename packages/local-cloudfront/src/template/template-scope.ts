import type { noValue, TemplateValue } from "./template-value.ts";

/** What an intrinsic function may ask of the template in which it stands. */
export interface TemplateScope {
  readonly region: string;
  /** Evaluates a value through and through; `noValue` where it comes to `AWS::NoValue`. */
  evaluate(value: unknown, path: string): TemplateValue | typeof noValue;
  /** Evaluates no more than what decides which value it is: lists and mappings stay as they are. */
  resolve(value: unknown, path: string): unknown;
  /** The value of a parameter, pseudo parameter or resource (`Ref`). */
  reference(name: string, path: string): unknown;
  /** The attribute of a resource (`Fn::GetAtt`). */
  attribute(logicalId: string, attribute: string, path: string): TemplateValue;
  /** Whether a condition of the template holds. */
  condition(name: string, path: string): boolean;
  /** A value of the template's mappings; undefined where a key is not there. */
  mappingValue(mapping: string, topKey: string, secondKey: string): unknown;
  /** The value that another stack exports under a name. */
  importValue(exportName: string, path: string): TemplateValue;
}
