import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import type { Resolution } from "./resolution.ts";

/**
 * Resolves the keys whose signatures a cache behavior demands: public keys (PEM) by their id; undefined
 * where it demands none. Where a key is not in the assembly, no request is signed by it: they are
 * refused, as by CloudFront without the key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export function resolveTrustedKeys(
  behavior: TemplateProperty,
  resolution: Resolution,
): ReadonlyMap<string, string> | undefined {
  const groups = behavior.property("TrustedKeyGroups");
  const signers = behavior.property("TrustedSigners");
  const groupIds = groups.items();
  if (groupIds.length + signers.items().length === 0) return undefined;
  if (signers.items().length > 0) {
    resolution.warn(
      signers.path,
      "The key pairs of AWS accounts are not known here: requests that they sign get a 403 response. Write TrustedKeyGroups.",
    );
  }
  return new Map(groupIds.flatMap((id) => keysOfGroup(id, resolution)));
}

function keysOfGroup(
  id: TemplateProperty,
  resolution: Resolution,
): readonly (readonly [string, string])[] {
  const group = find("AWS::CloudFront::KeyGroup", id, resolution);
  if (group === undefined) {
    resolution.warn(
      id.path,
      "The key group is not in the assembly: requests that its keys sign get a 403 response. Put the AWS::CloudFront::KeyGroup and its AWS::CloudFront::PublicKey into the template.",
    );
    return [];
  }
  const items = group.properties.property("KeyGroupConfig").property("Items").items();
  return items.flatMap((item) => {
    const key = find("AWS::CloudFront::PublicKey", item, resolution);
    if (key === undefined) {
      resolution.warn(
        item.path,
        "The public key is not in the assembly: requests that it signs get a 403 response.",
      );
      return [];
    }
    const pem = key.properties.property("PublicKeyConfig").property("EncodedKey");
    return [[item.string(), pem.knownString()] as const];
  });
}

function find(
  type: string,
  id: TemplateProperty,
  { resources, stack }: Resolution,
): TemplateResource | undefined {
  return resources.find(stack, type, id.string());
}
