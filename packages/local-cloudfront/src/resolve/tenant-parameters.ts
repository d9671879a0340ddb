import type { TemplateProperty } from "cloud-assembly";

/** Default values by the name of a parameter. */
export type TenantParameters = ReadonlyMap<string, string>;

/**
 * Returns the default values of the parameters of a multi-tenant distribution, by name.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/tenant-customization.html
 */
export function tenantParameters(config: TemplateProperty): TenantParameters {
  const definitions = config.property("TenantConfig").property("ParameterDefinitions").items();
  return new Map(
    definitions.flatMap((definition) => {
      const schema = definition.property("Definition").property("StringSchema");
      const value = schema.property("DefaultValue").optionalString();
      return value === undefined ? [] : [[definition.property("Name").string(), value]];
    }),
  );
}

/** Puts default values in the place of parameters; one without stays as it is written: `{{name}}`. */
export function withTenantParameters(text: string, parameters: TenantParameters): string {
  return text.replaceAll(
    /\{\{([\w-]+)\}\}/g,
    (written, name: string) => parameters.get(name) ?? written,
  );
}
