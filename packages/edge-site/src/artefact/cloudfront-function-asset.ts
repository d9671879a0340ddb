import { cloudFrontFunctionQuotas } from "cf-rules";
import type {
  CloudFrontFunctionManifest,
  KeyValue,
  KeyValueConfig,
  ViewerEventType,
} from "cf-types";
import {
  cloudFrontFunctionCode,
  inlineLiteral,
  type ScriptMember,
} from "edge-handler/cloudfront-function-code";
import {
  type CommonAsset,
  digestOf,
  encode,
  type FunctionMember,
  sha256Of,
} from "./edge-function-asset.ts";
import { loadSynthExport } from "./load-package-export.ts";

/** All that a CloudFront Function consists of. */
export interface CloudFrontFunctionAsset extends CommonAsset {
  readonly engine: "cloudfront-function";
  readonly eventType: ViewerEventType;
  /** As deployed. */
  readonly code: string;
  /** What takes its bytes: a part for each member. */
  readonly parts: readonly CodePart[];
  /** Whether a member reads the store whatever its options are: what it reads there is none of them. */
  readonly readsStore: boolean;
  /** What its key value store has at first, as a part of its options; undefined where it has no store. */
  readonly keyValues: readonly KeyValue[] | undefined;
  /** How often an invocation reads that store, at most. */
  readonly storeReads: number;
}

/** A member's share of the code. */
export interface CodePart {
  readonly packageName: string;
  readonly scriptBytes: number;
  readonly optionBytes: number;
}

/** A package's artefact with its configuration, and a file from which its other entries are found. */
type ScriptFunctionMember = FunctionMember<CloudFrontFunctionManifest> & {
  readonly resolveFrom: string;
};

/** A member as it is in the code, and what of it does not. */
interface DividedMember {
  readonly member: ScriptFunctionMember;
  readonly script: ScriptMember;
  readonly keyValues: readonly KeyValue[] | undefined;
  readonly storeReads: number;
}

const { keyValueStore: limits, maxCodeBytes } = cloudFrontFunctionQuotas;

/**
 * Returns the CloudFront Function of one package or several, with the options in its code. Where they do not fit, the
 * package that has most of them keeps them in the function's key value store, of which there can be one (FN-I-31).
 *
 * @throws {EdgeSiteError} `NOT_AN_EDGE_FUNCTION` when a package's `./inline-config` exports no `inlineConfig`, or its
 *   `./stored-config` no `storedConfig`.
 */
export function cloudFrontFunctionAsset(
  members: readonly ScriptFunctionMember[],
  eventType: ViewerEventType,
): CloudFrontFunctionAsset {
  const inCode = members.map(inlineMember);
  const whole = assetOf(inCode, eventType);
  if (Buffer.byteLength(whole.code) <= maxCodeBytes) return whole;
  const [largest] = inCode
    .filter(({ member }) => member.built.storeBundle !== undefined)
    .toSorted((one, other) => optionBytes(other.script) - optionBytes(one.script));
  if (largest === undefined) return whole;
  const withStore = (leavesLeast: boolean): CloudFrontFunctionAsset => {
    const stored = storedMember(largest.member, leavesLeast);
    const divided = inCode.map((each) => (each === largest ? stored : each));
    return assetOf(divided, eventType);
  };
  const asset = withStore(false);
  return Buffer.byteLength(asset.code) <= maxCodeBytes ? asset : withStore(true);
}

/** Returns a store's data in the format that CloudFront imports. */
export function importSource(keyValues: readonly KeyValue[]): string {
  return JSON.stringify({ data: keyValues });
}

function assetOf(
  divided: readonly DividedMember[],
  eventType: ViewerEventType,
): CloudFrontFunctionAsset {
  const scripts = divided.map(({ script }) => script);
  const stored = divided.flatMap(({ keyValues }) => (keyValues ? [keyValues] : []));
  const code = cloudFrontFunctionCode(scripts, eventType);
  return {
    engine: "cloudfront-function",
    members: divided.map(({ member, script, keyValues }) =>
      // Data that changes is no other function.
      digestOf(keyValues ? { ...member, config: script.options } : member),
    ),
    eventType,
    code,
    parts: scripts.map((script) => ({
      packageName: script.packageName,
      scriptBytes: Buffer.byteLength(script.script),
      optionBytes: optionBytes(script),
    })),
    readsStore: divided.some(({ member }) => member.built.manifest.readsStore),
    keyValues: stored.length > 0 ? stored.flat() : undefined,
    storeReads: divided.reduce((sum, { storeReads }) => sum + storeReads, 0),
    sha256: sha256Of(new Map([["index.js", encode(code)]])),
  };
}

function inlineMember(member: ScriptFunctionMember): DividedMember {
  const { built, config, resolveFrom } = member;
  const { packageName, version, readsStore = false } = built.manifest;
  const inlineConfig = loadSynthExport("inlineConfig", packageName, resolveFrom);
  const options = inlineConfig?.(config) ?? config;
  const script = new TextDecoder().decode(built.bundle);
  const stored = readsStore ? storedOptions(member) : undefined;
  return {
    member,
    script: { packageName, version, script, options, readsStore },
    keyValues: stored?.keyValues,
    storeReads: stored?.reads ?? 0,
  };
}

function storedMember(member: ScriptFunctionMember, leavesLeast: boolean): DividedMember {
  const { built } = member;
  const { packageName, version } = built.manifest;
  const { config: options, keyValues, reads } = storedOptions(member, leavesLeast);
  const script = new TextDecoder().decode(built.storeBundle);
  return {
    member,
    script: { packageName, version, script, options, readsStore: true },
    keyValues,
    storeReads: reads,
  };
}

/** What of a member's options goes to the store. */
function storedOptions(
  { built, config, resolveFrom }: ScriptFunctionMember,
  leavesLeast = false,
): KeyValueConfig {
  const { packageName } = built.manifest;
  const storedConfig = loadSynthExport("storedConfig", packageName, resolveFrom);
  return storedConfig?.(config, { ...limits, leavesLeast }) ?? { config, keyValues: [], reads: 0 };
}

function optionBytes({ options }: ScriptMember): number {
  return Buffer.byteLength(inlineLiteral(options));
}
