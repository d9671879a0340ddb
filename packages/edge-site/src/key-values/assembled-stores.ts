import { readFileSync } from "node:fs";
import { EvaluatedAssembly, findAsset, readCloudAssembly } from "cloud-assembly";
import type { KeyValue } from "cf-types";

/** A key value store of an assembly. */
export interface AssembledStore {
  readonly logicalId: string;
  /** Its data by key. */
  readonly keyValues: ReadonlyMap<string, string>;
}

/** Returns the key value stores of a stack, with the data that the assembly has for them. */
export function assembledStores(
  assemblyFolder: string,
  stackName: string,
): readonly AssembledStore[] {
  const { stacks } = readCloudAssembly(assemblyFolder);
  return new EvaluatedAssembly(stacks)
    .resourcesOfType("AWS::CloudFront::KeyValueStore")
    .filter(({ stack }) => stack.name === stackName)
    .map((store) => {
      const key = store.text("ImportSource", "SourceArn")?.split("/").at(-1) ?? "";
      const asset = findAsset(store.stack, key);
      if (asset === undefined) throw new Error(`${store.logicalId} imports no asset.`);
      const { data }: { data: readonly KeyValue[] } = JSON.parse(readFileSync(asset.path, "utf8"));
      return {
        logicalId: store.logicalId,
        keyValues: new Map(data.map((each) => [each.key, each.value])),
      };
    });
}
