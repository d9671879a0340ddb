import type { EventType } from "cf-types";
import type { EventUse, GeneratedResponse } from "../code/event-use.ts";
import type { EdgeFinding } from "../finding.ts";
import { headerFact } from "./header-fact.ts";

/** What is wrong with a function's code. */
export interface CodeProblem {
  readonly ruleId: string;
  /** @default "error" */
  readonly severity?: EdgeFinding["severity"];
  /** The rest of a sentence. */
  readonly problem: string;
  readonly remedy: string;
}

/** Returns what CloudFront would respond to with a 502, as far as it is written out. */
export function codeProblems(use: EventUse, eventType: EventType): readonly CodeProblem[] {
  const isResponseEvent = eventType.endsWith("-response");
  const setHeaders = isResponseEvent ? use.responseHeaders : use.requestHeaders;
  return [
    ...setHeaders.flatMap((name) => setHeader(name, eventType)),
    ...(isResponseEvent ? [] : use.responses.flatMap((each) => generated(each, eventType))),
    ...(isResponseEvent ? freshHeaders(use) : []),
    ...(eventType === "viewer-response" ? fixedFields(use) : []),
  ];
}

function setHeader(name: string, eventType: EventType): readonly CodeProblem[] {
  const fact = headerFact(eventType, name);
  if (fact === undefined) return [];
  return [
    {
      ruleId: fact.ruleId,
      problem: `sets ${fact.problem}: got ${JSON.stringify(name)}`,
      remedy: "Leave it as it came in the event.",
    },
  ];
}

function generated(response: GeneratedResponse, eventType: EventType): readonly CodeProblem[] {
  const { status, headerNames, hasBody, hasObjectBody } = response;
  const problems: CodeProblem[] = headerNames.flatMap((name) => {
    const fact = headerFact(eventType, name);
    if (fact === undefined) return [];
    return [
      {
        // The read-only list of the event counts for generated responses too.
        ruleId: fact.ruleId === "LE-C-01" ? "LE-C-01" : "LE-C-11",
        problem: `generates a response with ${fact.problem}: got ${JSON.stringify(name)}`,
        remedy: "Leave it out: CloudFront sets it.",
      },
    ];
  });
  if (status !== undefined && !/^[2-5]\d\d$/.test(status)) {
    problems.push({
      ruleId: "LE-D-03",
      problem: `generates a response with a status that is none: got ${JSON.stringify(status)}`,
      remedy: "Use 200 to 599.",
    });
  }
  if (status === "204" && hasBody && eventType === "viewer-request") {
    problems.push({
      ruleId: "LE-D-06",
      problem: "generates a response of status 204 with a body",
      remedy: "Leave the body out, or use 200.",
    });
  }
  if (hasObjectBody) {
    problems.push({
      ruleId: "LE-D-26",
      problem: "generates a response whose body is an object",
      remedy: "Give a text, as in JSON.stringify(…).",
    });
  }
  return problems;
}

function freshHeaders({ replacesHeaders, responses }: EventUse): readonly CodeProblem[] {
  const isFresh = replacesHeaders || responses.some(({ hasOwnHeaders }) => hasOwnHeaders);
  if (!isFresh) return [];
  return [
    {
      ruleId: "LE-C-09",
      severity: "warning",
      problem: "builds the headers anew, which takes read-only ones away",
      remedy: "Change the headers of the event's response, or spread them into the new ones.",
    },
  ];
}

function fixedFields({ assigned }: EventUse): readonly CodeProblem[] {
  const facts = new Map([
    ["response.status", "LE-D-16"],
    ["response.statusDescription", "LE-D-16"],
    ["response.body", "LE-D-17"],
    ["response.bodyEncoding", "LE-D-17"],
  ]);
  return [...new Set(assigned)].flatMap((field) => {
    const ruleId = facts.get(field);
    if (ruleId === undefined) return [];
    return [
      {
        ruleId,
        problem: `changes what viewer-response cannot change: got ${field}`,
        remedy: "Do it at origin-response.",
      },
    ];
  });
}
