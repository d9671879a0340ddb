import { describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";

interface Example {
  readonly rule: unknown;
  readonly explanation: { readonly rule: unknown };
}

/** A package that can say which request shows what a rule does. */
interface WithExamples {
  exampleRequests?(config: object): readonly Example[];
}

const examples = await Promise.all(
  edgeConfig.functions.map(async ({ package: name, config }) => {
    const { exampleRequests }: WithExamples = await import(name);
    return (exampleRequests?.(config) ?? []).map((each) => ({ name, ...each }));
  }),
);

// One test for each rule that edge.config.ts gives a function, made from the rule itself.
describe("a rule of edge.config.ts decides on the request that is made for it", () => {
  it.each(
    examples
      .flat()
      .map((each) => ({ ...each, title: JSON.stringify(each.rule) }))
      // An exclusion by default may be covered by another one.
      .filter(({ title }) => !title.startsWith('"exclude')),
  )("$name: $title", ({ rule, explanation }) => {
    expect(explanation.rule).toEqual(rule);
  });
});
