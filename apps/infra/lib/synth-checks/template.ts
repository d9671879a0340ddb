/** A value of a synthesized template. */
export type TemplateValue = Readonly<Record<string, unknown>>;

/** The resources of a synthesized template by logical id. */
export type TemplateResources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: TemplateValue }>
>;

/** Returns the object at a path of names, empty where there is none. */
export function objectAt(value: TemplateValue, ...path: readonly string[]): TemplateValue {
  return path.reduce((inner, name) => (inner[name] ?? {}) as TemplateValue, value);
}

/** Returns the list at a path of names, empty where there is none. */
export function listAt<Item = TemplateValue>(
  value: TemplateValue,
  ...path: readonly string[]
): readonly Item[] {
  const parent = objectAt(value, ...path.slice(0, -1));
  return (parent[path.at(-1) ?? ""] ?? []) as readonly Item[];
}

/** Returns the properties of the resource that `{ "Ref": id }` names; undefined for any other value. */
export function referred(resources: TemplateResources, value: unknown): TemplateValue | undefined {
  const id = (value as { readonly Ref?: string } | undefined)?.Ref;
  return id === undefined ? undefined : resources[id]?.Properties;
}
