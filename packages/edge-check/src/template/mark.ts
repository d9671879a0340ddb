/** What a mark stands for: what a resource has once it is deployed. */
export interface ResourceAttribute {
  /** The stack's place in the app. */
  readonly stackIndex: number;
  readonly logicalId: string;
  /** `Ref`, or an attribute as in `Arn`. */
  readonly attribute: string;
}

/** Stands for a part of a text that only the deployment knows. */
export const unknownMark = "⟦?⟧";

/** Stands for an attribute of a resource, within any text. */
export function attributeMark({ stackIndex, logicalId, attribute }: ResourceAttribute): string {
  return `⟦${stackIndex}:${logicalId}.${attribute}⟧`;
}

const mark = /⟦(\d+):(\w+)\.([^⟧]+)⟧/gu;

/** Returns the attributes that a text stands for or holds. */
export function attributesIn(text: string): readonly ResourceAttribute[] {
  return [...text.matchAll(mark)].map(([, stackIndex, logicalId = "", attribute = ""]) => ({
    stackIndex: Number(stackIndex),
    logicalId,
    attribute,
  }));
}

/** Says whether nothing of a text is left to the deployment. */
export function isKnown(text: string): boolean {
  return !text.includes("⟦");
}

/** Returns a text as its author would write it: `${Rewrite.Arn}`. */
export function readable(text: string): string {
  return text
    .replaceAll(/⟦\d+:(\w+)\.Ref⟧/gu, "$${$1}")
    .replaceAll(/⟦\d+:(\w+)\.([^⟧]+)⟧/gu, "$${$1.$2}")
    .replaceAll(unknownMark, "…");
}
