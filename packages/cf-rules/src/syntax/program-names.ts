import type { AnyNode, Program } from "acorn";
import { type Variable, analyze } from "eslint-scope";
import { isNode } from "./child-nodes.ts";

/** What the identifiers of a program stand for, and what holds what. */
export interface ProgramNames {
  /** The variable of an identifier; undefined for globals, `arguments`, `exports` and `module` among them. */
  variableOf(identifier: unknown): Variable | undefined;
  /** The identifiers that stand for no variable of the program. */
  readonly globals: readonly AnyNode[];
  parentOf(node: unknown): AnyNode | undefined;
}

/** Resolves the names of a program. A script's own names are resolved as those of a function. */
export function resolveNames(program: Program): ProgramNames {
  const { scopes } = analyze(program as unknown as Parameters<typeof analyze>[0], {
    ecmaVersion: 2026,
    sourceType: program.sourceType === "module" ? "module" : "commonjs",
    ignoreEval: true,
  });
  const variables = new Map<unknown, Variable>();
  const globals: AnyNode[] = [];
  for (const { variables: declared, references } of scopes) {
    for (const variable of declared.filter(isOfProgram)) {
      for (const identifier of variable.identifiers) variables.set(identifier, variable);
    }
    for (const { identifier, resolved } of references) {
      if (resolved === null) globals.push(identifier as unknown as AnyNode);
      else if (isOfProgram(resolved)) variables.set(identifier, resolved);
    }
  }
  const parents = parentsIn(program);
  return {
    variableOf: (identifier) => variables.get(identifier),
    globals,
    parentOf: (node) => parents.get(node),
  };
}

/** `arguments` has no definition. */
function isOfProgram({ defs }: Variable): boolean {
  return defs.length > 0;
}

function parentsIn(program: Program): ReadonlyMap<unknown, AnyNode> {
  const parents = new Map<unknown, AnyNode>();
  const waiting: AnyNode[] = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const value of Object.values(node) as readonly unknown[]) {
      for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
        if (!isNode(child)) continue;
        parents.set(child, node);
        waiting.push(child);
      }
    }
  }
  return parents;
}
