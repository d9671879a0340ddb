import type { noValue, TemplateValue } from "../value/template-value.ts";
import type { UnknownValue } from "../value/unknown.ts";

/** Whether a condition holds, or the unknown text that decides it, with marks. */
export type ConditionValue = boolean | { readonly undecidedBy: string };

/** What an intrinsic function or a property may read of its template. */
export interface TemplateScope {
  /** Evaluates a value through and through; `noValue` where it comes to `AWS::NoValue`. */
  evaluate(value: unknown, path: string): TemplateValue | typeof noValue;
  /** Evaluates no more than what decides which value it is: lists and objects stay as they are. */
  resolve(value: unknown, path: string): unknown;
  /** The value of a parameter, pseudo parameter or resource (`Ref`). */
  reference(name: string, path: string): unknown;
  /** The attribute of a resource (`Fn::GetAtt`). */
  attribute(logicalId: string, attribute: string, path: string): TemplateValue;
  /** Whether a condition of the template holds. */
  condition(name: string, path: string): ConditionValue;
  /** A value of the template's mappings; undefined where a key is not there. */
  mappingValue(mapping: string, topKey: string, secondKey: string): unknown;
  /** The value that another stack exports under a name. */
  importValue(exportName: string, path: string): TemplateValue;
  /** What stands for a value that only the deployment knows. */
  unknown(value: UnknownValue): string;
  /** Returns what to ask where a text has to be known and is not; undefined where nobody is asked. */
  whyUnknown(text: string, path: string): string | undefined;
  /** Returns a text for a person to read, without marks. */
  readable(text: string): string;
}
