import type { CloudAssemblyError, TemplateProperty } from "cloud-assembly";

/** Returns the error for a policy id that stands for nothing that is known here. */
export function unknownPolicy(id: TemplateProperty, type: string): CloudAssemblyError {
  return id.error(
    "is the id of no managed policy, and of no policy in the assembly",
    `Name a managed policy's id, or put the ${type} into the same template.`,
  );
}
