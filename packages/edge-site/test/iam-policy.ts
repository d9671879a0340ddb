import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** A statement of a policy. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

/** What a role or a managed policy of a template is. */
export interface PolicyProperties {
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly TrustStatement[] };
  readonly Policies: readonly { readonly PolicyDocument: PolicyDocument }[];
  readonly PolicyDocument: PolicyDocument;
}

interface TrustStatement {
  readonly Action: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The account of the policies' resources. */
export const policyAccount = "111122223333";

/** A template of iam/, with the values that its texts are made of. */
export class PolicyTemplate {
  readonly #resources: Readonly<Record<string, { readonly Properties: PolicyProperties }>>;
  readonly #values: Readonly<Record<string, string>>;

  /** @param values those of the parameters, in the place of their defaults */
  constructor(name: string, values: Readonly<Record<string, string>> = {}) {
    const text = readFileSync(new URL(`../iam/${name}`, import.meta.url), "utf8");
    const { Resources, Parameters } = parse(text);
    const defaults = Object.entries<{ readonly Default?: string }>(Parameters).map(
      ([parameter, { Default = "" }]) => [parameter, Default],
    );
    this.#resources = Resources;
    this.#values = {
      "AWS::Partition": "aws",
      "AWS::AccountId": policyAccount,
      ...Object.fromEntries(defaults),
      ...values,
    };
  }

  /** Returns the properties of a resource. */
  propertiesOf(name: string): PolicyProperties {
    const resource = this.#resources[name];
    if (resource === undefined) throw new Error(`No resource ${name}.`);
    return resource.Properties;
  }

  /** Returns what an `Fn::Sub`, or the `Ref` of a parameter, comes to. */
  substituted(value: unknown): string {
    const { Ref: name = "", "Fn::Sub": text = `\${${name}}` } = value as {
      readonly Ref?: string;
      readonly "Fn::Sub"?: string;
    };
    return text.replaceAll(
      /\$\{([^}]+)\}/g,
      (_all, name: string) => this.#values[name] ?? "unknown",
    );
  }

  /** Returns the statements that allow an action on a resource, as IAM would find them. */
  allowing(
    statements: readonly Statement[],
    action: string,
    resource: string,
  ): readonly Statement[] {
    return statements.filter(
      (statement) =>
        statement.Effect === "Allow" &&
        listOf(statement.Action).some((pattern) => matches(pattern, action)) &&
        listOf(statement.Resource).some((each) => matches(this.substituted(each), resource)),
    );
  }
}

/** Returns the actions of all statements, sorted. */
export function actionsOf(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ Action }) => listOf(Action)).toSorted();
}

function listOf<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item];
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*")}$`).test(text);
}
