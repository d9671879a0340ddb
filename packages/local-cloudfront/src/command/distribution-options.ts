import { type Command, InvalidArgumentError } from "cf-command-line";
import { parseViewerProfile, type ViewerProfile } from "../edge-location/request/viewer-profile.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";

/** The options of every command that runs a distribution. */
export interface DistributionOptions {
  readonly stack?: string;
  readonly distribution?: string;
  readonly origin?: Readonly<Record<string, string>>;
  readonly viewer?: ViewerProfile;
  readonly parameter?: Readonly<Record<string, string>>;
  readonly import?: Readonly<Record<string, string>>;
  readonly value?: Readonly<Record<string, string>>;
  readonly function?: Readonly<Record<string, string>>;
  readonly kvs?: Readonly<Record<string, string>>;
}

/** Adds the options that say which distribution is run, and with what. */
export function addDistributionOptions(command: Command): Command {
  return command
    .option("--stack <name>", "the stack, where several have a distribution")
    .option("--distribution <logical-id>", "the distribution, where the stack has several")
    .option(
      "--origin <ID=DIR|URL>",
      "content for an origin, by its id, its bucket's logical id or its host name (repeatable)",
      assignments("ID=DIR or ID=URL"),
    )
    .option(
      "--viewer <NAME=VALUE,...>",
      "who viewers are to CloudFront, as in country=JP,device=mobile",
      parseViewerProfile,
    )
    .option(
      "--parameter <NAME=VALUE>",
      "a template parameter (repeatable)",
      assignments("NAME=VALUE"),
    )
    .option(
      "--import <NAME=VALUE>",
      "what a stack outside the assembly exports (repeatable)",
      assignments("NAME=VALUE"),
    )
    .option(
      "--value <ID.ATTRIBUTE=VALUE>",
      "an attribute that only the deployment knows (repeatable)",
      assignments("LOGICAL_ID.ATTRIBUTE=VALUE"),
    )
    .option(
      "--function <ARN|ID=FOLDER>",
      "the code of a function that lies elsewhere (repeatable)",
      assignments("ARN=FOLDER or ID=FOLDER"),
    )
    .option(
      "--kvs <NAME=FILE>",
      "the data of a key value store, JSON as CloudFront imports it (repeatable)",
      assignments("NAME=FILE"),
    );
}

/** Returns the options by the names that they have in the library. */
export function libraryOptions({
  stack,
  distribution,
  viewer,
  origin: origins,
  parameter: parameters,
  import: imports,
  value: values,
  function: functions,
  kvs: keyValueStores,
}: DistributionOptions): Omit<LocalCloudFrontOptions, "assembly"> {
  return {
    ...(stack !== undefined && { stack }),
    ...(distribution !== undefined && { distribution }),
    ...(viewer && { viewer }),
    ...(origins && { origins }),
    ...(parameters && { parameters }),
    ...(imports && { imports }),
    ...(values && { values }),
    ...(functions && { functions }),
    ...(keyValueStores && { keyValueStores }),
  };
}

/** Returns what collects a repeatable option of the given form, as in `NAME=VALUE`. */
export function assignments(form: string) {
  return (value: string, previous: Record<string, string> = {}): Record<string, string> => {
    const separator = value.indexOf("=");
    if (separator < 1) throw new InvalidArgumentError(`Pass ${form}.`);
    return { ...previous, [value.slice(0, separator)]: value.slice(separator + 1) };
  };
}
