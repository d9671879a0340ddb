import { cancel, isCancel, select, text } from "@clack/prompts";
import { refusalOf, type Terminal } from "cf-command-line";
import {
  type Answers,
  type Engine,
  parseRoutes,
  refuseInvalidCertificate,
  refuseInvalidDomain,
} from "./answers.ts";

/** Answers of which some may be open. */
export type GivenAnswers = Partial<Omit<Answers, "stackName" | "hashedAssetsPattern">>;

/** The same with what was asked for. */
export type AskedAnswers = Omit<Answers, "stackName" | "hashedAssetsPattern">;

/**
 * Asks for what neither the command line nor detection says.
 *
 * @param detected What is proposed.
 * @returns Nothing when the person gives up.
 */
export async function ask(
  given: GivenAnswers,
  detected: GivenAnswers,
  terminal: Terminal = { input: process.stdin, output: process.stdout },
): Promise<AskedAnswers | undefined> {
  const asked = await askOpen(given, detected, terminal);
  if (asked === undefined) cancel("Nothing was written.", { output: terminal.output });
  return asked;
}

async function askOpen(
  given: GivenAnswers,
  detected: GivenAnswers,
  terminal: Terminal,
): Promise<AskedAnswers | undefined> {
  const siteFolder =
    given.siteFolder ??
    (await text({
      ...terminal,
      message: "Which folder does your build write?",
      initialValue: detected.siteFolder ?? "dist",
      validate: (value) => (value?.trim() ? undefined : "A folder, as in dist"),
    }));
  if (isCancel(siteFolder)) return undefined;
  const routes = given.routes ?? (await askRoutes(detected.routes, terminal));
  if (routes === undefined) return undefined;
  const domain = "domain" in given ? { domain: given.domain } : await askDomain(terminal);
  if (domain === undefined) return undefined;
  const engine = "engine" in given ? given.engine : await askEngine(terminal);
  if (engine === "cancelled") return undefined;
  return { siteFolder, routes, domain: domain.domain, engine };
}

async function askRoutes(
  detected: Answers["routes"] = "all",
  terminal: Terminal,
): Promise<Answers["routes"] | undefined> {
  const kind = await select<"all" | "pages" | "some">({
    ...terminal,
    message: "Which paths are pages of your site?",
    initialValue: typeof detected === "string" ? detected : "some",
    options: [
      { value: "all", label: "every path", hint: "a router in the browser shows what there is" },
      {
        value: "pages",
        label: "the pages of the build",
        hint: "/about is about.html or about/index.html",
      },
      { value: "some", label: "the routes of an app", hint: "all others are an honest 404" },
    ],
  });
  if (isCancel(kind)) return undefined;
  if (kind !== "some") return kind;
  const routes = await text({
    ...terminal,
    message: "Its routes, with commas between",
    placeholder: "/notes/:id,/about",
    validate: (value) => refusalOf(() => parseRoutes(value ?? "")),
  });
  return isCancel(routes) ? undefined : parseRoutes(routes);
}

async function askDomain(
  terminal: Terminal,
): Promise<{ readonly domain: Answers["domain"] } | undefined> {
  const name = await text({
    ...terminal,
    message: "A domain of your own? Leave it empty for CloudFront's",
    placeholder: "app.example.com",
    defaultValue: "",
    validate: (value) => (value ? refusalOf(() => refuseInvalidDomain(value)) : undefined),
  });
  if (isCancel(name)) return undefined;
  if (name === "") return { domain: undefined };
  const certificateArn = await text({
    ...terminal,
    message: "The ARN of its certificate in ACM, in us-east-1",
    placeholder: "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc",
    validate: (value) => refusalOf(() => refuseInvalidCertificate(value ?? "")),
  });
  return isCancel(certificateArn) ? undefined : { domain: { name, certificateArn } };
}

async function askEngine(terminal: Terminal): Promise<Engine | undefined | "cancelled"> {
  const engine = await select<Engine | "chosen">({
    ...terminal,
    message: "On which engine do the functions run?",
    initialValue: "chosen",
    options: [
      { value: "chosen", label: "where each costs least", hint: "synth says where, and why" },
      {
        value: "cloudfront-function",
        label: "CloudFront Functions",
        hint: "10,240 bytes, no network",
      },
      { value: "lambda-edge", label: "Lambda@Edge", hint: "large tables, the network" },
    ],
  });
  if (isCancel(engine)) return "cancelled";
  return engine === "chosen" ? undefined : engine;
}
