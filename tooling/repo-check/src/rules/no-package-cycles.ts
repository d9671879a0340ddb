import type { Rule } from "../workspace.ts";

/** The packages of the workspace depend on each other in one direction, development included. */
export const noPackageCycles: Rule = ({ packages }) => {
  const needs = new Map(
    packages.map(({ packageJson: { name, dependencies, devDependencies } }) => [
      name,
      Object.keys({ ...dependencies, ...devDependencies }),
    ]),
  );
  const cycles = new Set<string>();
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start !== -1) {
      cycles.add([...path.slice(start), name].join(" → "));
      return;
    }
    if (done.has(name)) return;
    for (const needed of needs.get(name) ?? []) visit(needed, [...path, name]);
    done.add(name);
  };
  for (const name of needs.keys()) visit(name, []);
  return [...cycles].map(
    (cycle) =>
      `Packages depend on each other in a circle: got ${cycle}. Move what both need into a package that needs neither.`,
  );
};
