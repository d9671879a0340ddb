import type { TemplateProperty } from "cloud-assembly";
import type { NameSelection } from "../distribution/policies.ts";

/** Reads which cookies or query strings a policy names. */
export function resolveNameSelection(
  config: TemplateProperty,
  behaviorName: "CookieBehavior" | "QueryStringBehavior",
  listName: "Cookies" | "QueryStrings",
): NameSelection {
  const behavior = config
    .property(behaviorName)
    .oneOf(["none", "whitelist", "allExcept", "all"], "none");
  if (behavior === "none" || behavior === "all") return { behavior };
  return { behavior, names: config.property(listName).knownStrings() };
}
