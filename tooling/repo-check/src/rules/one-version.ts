import type { Rule } from "../workspace.ts";

/** A dependency of two packages or more has one version, which pnpm-workspace.yaml's catalog names. */
export const oneVersion: Rule = ({ packages }) => {
  const users = new Map<string, { readonly folder: string; readonly range: string }[]>();
  for (const { folder, packageJson } of packages) {
    const all = { ...packageJson.dependencies, ...packageJson.devDependencies };
    for (const [name, range] of Object.entries(all)) {
      if (range.startsWith("workspace:")) continue;
      users.set(name, [...(users.get(name) ?? []), { folder, range }]);
    }
  }
  return [...users].flatMap(([name, each]) => {
    const ranges = new Set(each.map(({ range }) => range));
    if (ranges.size === 1) return [];
    const got = each.map(({ folder, range }) => `${range} in ${folder}`).join(", ");
    return [
      `${name} has more than one version: got ${got}. Put it into the catalog of pnpm-workspace.yaml and write "catalog:" in each package.json.`,
    ];
  });
};
