import { posix } from "node:path";
import { parse } from "jsonc-parser";
import { CreateCfEdgeError } from "../create-cf-edge-error.ts";
import type { Project } from "./read-project.ts";

/** What a framework's build makes. */
export interface Framework {
  /** As a person calls it. */
  readonly name: string;
  /** Whether the build is an app of one document, or a page for each path. */
  readonly kind: "app" | "pages";
  /** The folder of the built site, relative to the project. */
  readonly siteFolder: string;
  /** The path pattern of the files that have a hash in their names. */
  readonly hashedAssetsPattern: string;
  /** The command that builds whenever a source changes; undefined where the framework has none. */
  readonly buildWatch?: string;
}

type Detector = (project: Project) => Framework;

/** By a dependency of its own; a meta-framework comes before the bundler that it uses. */
const detectors: readonly (readonly [dependency: string, detect: Detector])[] = [
  ["next", detectNext],
  ["astro", detectAstro],
  ["@sveltejs/kit", detectSvelteKit],
  ["@angular/core", detectAngular],
  ["vite", detectVite],
];

/**
 * Returns what a project's framework builds; undefined for a framework that is not known.
 *
 * @throws {CreateCfEdgeError} `NOT_STATIC` when its build is a server, with the setting that makes it a site of files.
 */
export function detectFramework(project: Project): Framework | undefined {
  const found = detectors.find(([dependency]) => dependsOn(project, dependency));
  return found?.[1](project);
}

function detectNext(project: Project): Framework {
  const config = configText(project, "next.config");
  if (!/\boutput\s*:\s*["'`]export["'`]/.test(config)) {
    throw notStatic("Next.js builds a server", 'output: "export"', "next.config");
  }
  return {
    name: "Next.js, static export",
    kind: "pages",
    siteFolder: textSetting(config, "distDir") ?? "out",
    hashedAssetsPattern: "/_next/static/*",
  };
}

function detectAstro(project: Project): Framework {
  const config = configText(project, "astro.config");
  if (/\boutput\s*:\s*["'`]server["'`]/.test(config)) {
    throw notStatic("Astro builds a server", 'output: "static"', "astro.config");
  }
  return {
    name: "Astro",
    kind: "pages",
    siteFolder: textSetting(config, "outDir") ?? "dist",
    hashedAssetsPattern: "/_astro/*",
  };
}

function detectSvelteKit(project: Project): Framework {
  const config = configText(project, "svelte.config") + configText(project, "vite.config");
  if (!config.includes("@sveltejs/adapter-static")) {
    throw notStatic("SvelteKit builds a server", "@sveltejs/adapter-static", "svelte.config");
  }
  return {
    name: "SvelteKit, static adapter",
    kind: textSetting(config, "fallback") === "index.html" ? "app" : "pages",
    siteFolder: textSetting(config, "pages") ?? "build",
    hashedAssetsPattern: "/_app/immutable/*",
  };
}

/** The one of its build that has a browser's files. */
interface AngularBuild {
  readonly builder?: string;
  readonly options?: {
    readonly outputPath?: string | { readonly base?: string; readonly browser?: string };
  };
}

function detectAngular(project: Project): Framework {
  const { projects = {} } = (parse(project.read("angular.json") ?? "{}") ?? {}) as {
    readonly projects?: Readonly<
      Record<string, { readonly architect?: { readonly build?: AngularBuild } }>
    >;
  };
  const [name = "app", angular] =
    Object.entries(projects).find(([, { architect }]) => architect?.build !== undefined) ?? [];
  const { builder = "", options = {} } = angular?.architect?.build ?? {};
  const { outputPath = `dist/${name}` } = options;
  const { base = `dist/${name}`, browser = "browser" } =
    typeof outputPath === "string" ? { base: outputPath } : outputPath;
  const isSplit = builder.endsWith(":application");
  return {
    name: "Angular",
    kind: "app",
    siteFolder: isSplit ? posix.join(base, browser) : base,
    // Scripts lie in the root, where no path pattern separates them from pages.
    hashedAssetsPattern: "/media/*",
    buildWatch: "ng build --watch",
  };
}

const vitePlugins: readonly (readonly [dependency: string, name: string])[] = [
  ["react", "React"],
  ["vue", "Vue"],
  ["svelte", "Svelte"],
  ["solid-js", "Solid"],
  ["preact", "Preact"],
];

function detectVite(project: Project): Framework {
  const [, library] = vitePlugins.find(([dependency]) => dependsOn(project, dependency)) ?? [];
  const config = configText(project, "vite.config");
  const assets = textSetting(config, "assetsDir") ?? "assets";
  return {
    name: library === undefined ? "Vite" : `Vite with ${library}`,
    kind: "app",
    siteFolder: textSetting(config, "outDir") ?? "dist",
    hashedAssetsPattern: `/${assets}/*`,
    buildWatch: "vite build --watch --logLevel warn",
  };
}

function dependsOn({ packageJson }: Project, dependency: string): boolean {
  const { dependencies, devDependencies } = packageJson;
  return Object.hasOwn({ ...dependencies, ...devDependencies }, dependency);
}

/** The text of a configuration, whichever language it is in; empty where there is none. */
function configText(project: Project, name: string): string {
  const extensions = ["ts", "mts", "js", "mjs", "cjs", "cts"];
  const texts = extensions.map((extension) => project.read(`${name}.${extension}`));
  return withoutComments(texts.find((text) => text !== undefined) ?? "");
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "$1");
}

/** A setting that is a text in the source; undefined where it is absent, or anything else. */
function textSetting(config: string, name: string): string | undefined {
  const [, text] = new RegExp(`\\b${name}\\s*:\\s*["'\`]([^"'\`]+)["'\`]`).exec(config) ?? [];
  return text === undefined ? undefined : posix.normalize(text).replace(/\/$/, "");
}

function notStatic(subject: string, setting: string, config: string): CreateCfEdgeError {
  return new CreateCfEdgeError(
    "NOT_STATIC",
    `${subject}, and CloudFront serves files: got no ${setting} in ${config}. Set it, build, and run the command again.`,
  );
}
