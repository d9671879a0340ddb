import type { EventType, NavigationFunction } from "cf-types";
import { loadSynthExport } from "../artefact/load-package-export.ts";
import type { PlacedFunction } from "../artefact/placed-functions.ts";

/** A placed function whose package says where it leads navigations. */
export interface SiteNavigation {
  readonly placed: PlacedFunction;
  readonly navigation: NavigationFunction;
}

/** In the order in which a request meets them. */
const requestEvents: readonly EventType[] = ["viewer-request", "origin-request"];

/**
 * Returns the functions that lead navigations elsewhere, in the order in which a request meets them: asked of the
 * packages that say it.
 *
 * @param pathPatternOf Which cache behavior takes a path: a function decides on the paths of its own alone.
 * @param configFile Absolute path; packages are looked for as if that file imported them.
 */
export function siteNavigations(
  functions: readonly PlacedFunction[],
  pathPatternOf: (path: string) => string,
  configFile: string,
): readonly SiteNavigation[] {
  return inOrder(functions).flatMap((placed) => {
    const { packageName, eventType, config } = placed;
    const navigationOf = loadSynthExport("navigationOf", packageName, configFile);
    if (navigationOf === undefined) return [];
    const { decide, exampleUris, exemption } = navigationOf(config);
    const runsFor = (uri: string): boolean => placed.pathPatterns.includes(pathPatternOf(uri));
    const navigation: NavigationFunction = {
      packageName,
      eventType,
      decide: (uri) => (runsFor(uri) ? decide(uri) : undefined),
      exampleUris: exampleUris.filter(runsFor),
      exemption,
    };
    return [{ placed, navigation }];
  });
}

/** Returns what a request meets before a function, and after it. */
export function aroundFunction(
  navigations: readonly SiteNavigation[],
  functions: readonly PlacedFunction[],
  own: PlacedFunction,
): {
  readonly earlierFunctions: readonly NavigationFunction[];
  readonly laterFunctions: readonly NavigationFunction[];
} {
  const order = inOrder(functions);
  const isEarlier = ({ placed }: SiteNavigation): boolean =>
    order.indexOf(placed) < order.indexOf(own);
  const others = navigations.filter(({ placed }) => placed !== own);
  return {
    earlierFunctions: others.filter(isEarlier).map(({ navigation }) => navigation),
    laterFunctions: others.filter((each) => !isEarlier(each)).map(({ navigation }) => navigation),
  };
}

/**
 * Returns whether one of the functions serves a file of the site at a path that is none.
 *
 * @param siteFiles Relative to the site's folder.
 */
export function isRouteOf(
  navigations: readonly SiteNavigation[],
  siteFiles: readonly string[],
): (path: string) => boolean {
  const paths = new Set(siteFiles.map((file) => encodeURI(`/${file}`)));
  return (path) =>
    navigations.some(({ navigation }) => {
      const uri = navigation.decide(path)?.uri;
      return uri !== undefined && paths.has(uri);
    });
}

function inOrder(functions: readonly PlacedFunction[]): readonly PlacedFunction[] {
  return functions
    .filter(({ eventType }) => requestEvents.includes(eventType))
    .toSorted((one, other) => orderOf(one) - orderOf(other));
}

function orderOf({ eventType }: PlacedFunction): number {
  return requestEvents.indexOf(eventType);
}
