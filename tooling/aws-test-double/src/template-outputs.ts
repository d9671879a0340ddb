import type { StackTemplate } from "./stack-template.ts";

/** Outputs by name, as far as their values are made of `Ref`, `Fn::GetAtt` and `Fn::Join`. */
export function templateOutputs(
  template: StackTemplate,
  physicalIdOf: (logicalId: string) => string,
  attributeOf: (logicalId: string, attribute: string) => string,
): Readonly<Record<string, string>> {
  const { Outputs = {} } = template;
  const valueOf = (value: unknown): string => {
    if (typeof value === "string") return value;
    const [[name, of] = ["nothing", undefined]] = Object.entries(value ?? {});
    if (name === "Ref") return physicalIdOf(String(of));
    if (name === "Fn::GetAtt") return attributeOf(String(of[0]), String(of[1]));
    if (name === "Fn::Join") return of[1].map(valueOf).join(of[0]);
    throw new Error(`The test double knows no ${name} in an output.`);
  };
  return Object.fromEntries(
    Object.entries(Outputs).map(([name, { Value }]) => [name, valueOf(Value)]),
  );
}
